/* Report files in order, and how the dynamic detectors ask for them.
 * SPDX-License-Identifier: MIT */
#include "detectors/detector.h"
#include "detectors/support/report.h"
#include "os/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void files_come_by_ascending_pid(void **state)
{
    (void)state;
    static const char *const names[] = {"report.1000", "report.99.xml",
                                        "report.x", "program", "report.100"};
    char dir[] = "/tmp/lockstep-report-XXXXXX";
    assert_non_null(mkdtemp(dir));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = fs_join(dir, names[i]);
        assert_int_equal(fs_write(path, "", 0), ERR_OK);
        free(path);
    }
    struct strv paths = {0};
    assert_int_equal(report_files(dir, &paths), ERR_OK);
    assert_int_equal(paths.n, 3);
    assert_string_equal(str_basename(paths.v[0]), "report.99.xml");
    assert_string_equal(str_basename(paths.v[1]), "report.100");
    assert_string_equal(str_basename(paths.v[2]), "report.1000");
    strv_fini(&paths);
    fs_remove(dir);
}

static void line_is_found_behind_a_pid(void **state)
{
    (void)state;
    static const char *const says[] = {"valgrind: ", NULL};
    char *line = report_line_starting("hello valgrind: no\n==12== x\n"
                                      "--34-- valgrind: yes\x01\nmore",
                                      says);
    assert_string_equal(line, "valgrind: yes?");
    free(line);
    assert_null(report_line_starting("==1= valgrind: no", says));
    assert_null(report_line_starting("", says));
}

static bool mentions(const struct strv *l, const char *text)
{
    bool found = false;
    for (size_t i = 0; i < l->n; i++)
        found |= strstr(l->v[i], text) != NULL;
    return found;
}

static void prepare(const char *id, const char *report_dir, struct launch *l)
{
    static const struct detector_env env = {
        .configs = SOURCE_DIR "/sanitizer-configs", .lib = "/lib"};
    static const struct target t = {
        .source = "/src/a.c", .include_dir = "/inc", .model = MODEL_PTHREAD};
    *l = (struct launch){0};
    detector_by_id(id)->prepare(&env, &t, report_dir, l);
    assert_true(strv_has(&l->compile, "/src/a.c"));
    assert_true(strv_has(&l->compile, "/inc"));
    assert_false(strv_has(&l->compile, "-o"));
    assert_true(l->slowdown >= 1);
}

static void tsan_reports_to_files_or_to_a_person(void **state)
{
    struct launch l;
    prepare(*state, "/a b/dir", &l);
    assert_true(mentions(&l.env, "log_path=\"/a b/dir/report\""));
    assert_true(mentions(&l.env, "FR|%n|"));
    assert_true(mentions(&l.env, "history_size=7"));
    assert_true(mentions(&l.env, "suppressions=\""));
    assert_true(l.no_aslr);
    launch_fini(&l);
    prepare(*state, NULL, &l);
    assert_false(mentions(&l.env, "log_path"));
    assert_false(mentions(&l.env, "FR|%n|"));
    assert_true(mentions(&l.env, "history_size=7"));
    launch_fini(&l);
}

static void valgrind_reports_to_files_or_to_a_person(void **state)
{
    struct launch l;
    prepare(*state, "/a%b", &l);
    assert_string_equal(l.prefix.v[0], "valgrind");
    assert_true(mentions(&l.prefix, "--xml-file=/a%%b/report.%p.xml"));
    assert_true(mentions(&l.prefix, "--suppressions=/"));
    assert_true(strv_has(&l.prefix, "--free-is-write=yes"));
    launch_fini(&l);
    prepare(*state, NULL, &l);
    assert_false(mentions(&l.prefix, "xml"));
    assert_true(strv_has(&l.prefix, "--free-is-write=yes"));
    launch_fini(&l);
}

#define WITH(test, id)                                                         \
    {                                                                          \
#test " " id, test, NULL, NULL, (void *)(uintptr_t)id                  \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_come_by_ascending_pid),
        cmocka_unit_test(line_is_found_behind_a_pid),
        WITH(tsan_reports_to_files_or_to_a_person, "tsan-gcc"),
        WITH(tsan_reports_to_files_or_to_a_person, "tsan-clang"),
        WITH(valgrind_reports_to_files_or_to_a_person, "helgrind"),
        WITH(valgrind_reports_to_files_or_to_a_person, "drd"),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
