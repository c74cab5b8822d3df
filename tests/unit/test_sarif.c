/* SARIF, and the repository that its paths are in.
 * SPDX-License-Identifier: MIT */
#include "formats/support/repository.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_formats.h"

static json_t *parsed(const struct made *m, const struct format_options *o)
{
    char *text = made_text(m, "sarif", o, NULL);
    json_error_t error;
    json_t *j = json_loads(text, 0, &error);
    if (!j)
        fail_msg("line %d: %s in\n%s", error.line, error.text, text);
    free(text);
    return j;
}

/* What is at "runs/0/tool": keys and indices. */
static json_t *at(json_t *j, const char *path)
{
    struct strv parts = {0};
    strv_split(&parts, path, '/');
    for (size_t i = 0; i < parts.n; i++) {
        j = json_is_array(j) ? json_array_get(j, strtoul(parts.v[i], NULL, 10))
                             : json_object_get(j, parts.v[i]);
        if (!j)
            fail_msg("nothing at %s", path);
    }
    strv_fini(&parts);
    return j;
}

static void is(json_t *j, const char *path, const char *want)
{
    assert_string_equal(json_string_value(at(j, path)), want);
}

static void is_number(json_t *j, const char *path, int want)
{
    assert_int_equal(json_integer_value(at(j, path)), want);
}

static void sarif_is_as_it_was(void **state)
{
    struct made *m = *state;
    made_full(m);
    made_golden(m, made_text(m, "sarif", NULL, NULL), "report.sarif");
}

static void each_detector_is_a_run(void **state)
{
    struct made *m = *state;
    made_full(m);
    json_t *j = parsed(m, NULL);
    assert_int_equal(json_array_size(at(j, "runs")), 3);
    is(j, "runs/0/tool/driver/name", "drd");
    is(j, "runs/1/tool/driver/name", "helgrind");
    is(j, "runs/2/automationDetails/id", "lockstep/tsan-gcc/");
    is(j, "runs/2/tool/driver/fullName", "tsan-gcc, gcc 12.2.0");
    is(j, "runs/2/tool/driver/version", "12.2.0");
    assert_int_equal(json_array_size(at(j, "runs/0/results")), 1);
    assert_int_equal(json_array_size(at(j, "runs/1/results")), 2);
    assert_int_equal(json_array_size(at(j, "runs/2/results")), 0);
    is(j, "runs/0/results/0/ruleId", "unlike-record");
    is(j, "runs/1/results/0/ruleId", "data-race");
    json_decref(j);
}

static void all_tells_what_is_as_recorded_too(void **state)
{
    struct made *m = *state;
    const struct format_options o = {.all = true};
    made_full(m);
    json_t *j = parsed(m, &o);
    assert_int_equal(json_array_size(at(j, "runs/2/results")), 1);
    is(j, "runs/2/results/0/level", "note");
    is(j, "runs/1/results/0/level", "error");
    json_decref(j);
}

static void race_has_both_places_and_a_flow_for_each_thread(void **state)
{
    struct made *m = *state;
    made_full(m);
    json_t *j = parsed(m, NULL);
    json_t *one = at(j, "runs/1/results/0");
    is(one, "locations/0/physicalLocation/artifactLocation/uri",
       "class/pair/buggy.c");
    is_number(one, "locations/0/physicalLocation/region/startLine", 4);
    is_number(one, "locations/0/physicalLocation/region/startColumn", 5);
    is_number(one, "locations/0/physicalLocation/region/endColumn", 11);
    is(one, "partialFingerprints/primaryLocationLineHash",
       "a68f4d0237859a1c:1");
    is_number(one, "relatedLocations/0/id", 2);
    assert_non_null(strstr(json_string_value(at(one, "message/text")),
                           "data race on `shared`: write in work(), T1; "
                           "[previous write in work(), "
                           "T2](2). Gate: better than recorded"));
    is(one, "codeFlows/0/threadFlows/0/id", "T1");
    is_number(one, "codeFlows/0/threadFlows/0/locations/0/executionOrder", 2);
    is(one, "codeFlows/0/threadFlows/1/id", "T2");
    is_number(one, "codeFlows/0/threadFlows/1/locations/0/executionOrder", 1);
    json_decref(j);
}

static void unknown_columns_are_those_of_the_text(void **state)
{
    struct made *m = *state;
    made_full(m);
    json_t *j = parsed(m, NULL);
    json_t *region =
        at(j, "runs/0/results/0/locations/0/physicalLocation/region");
    is_number(region, "startLine", 4);
    is_number(region, "startColumn", 5);
    is_number(region, "endColumn", 14);
    json_decref(j);
}

static void what_the_watchdog_says_everywhere_is_told_once(void **state)
{
    struct made *m = *state;
    const struct format_options o = {.all = true};
    made_full(m);
    for (size_t i = 0; i < 3; i++) {
        struct finding *f = findings_add(&m->report.results.v[i].findings,
                                         "watchdog", KIND_DEADLOCK, "deadlock");
        f->message = str_dup("stuck");
        add_access(f, ROLE_WAITS, m->bug->source, 4);
    }
    json_t *j = parsed(m, &o);
    assert_int_equal(json_array_size(at(j, "runs")), 4);
    is(j, "runs/3/tool/driver/name", "watchdog");
    assert_int_equal(json_array_size(at(j, "runs/3/results")), 1);
    json_decref(j);
}

/* What is outside of the repository is no place of its own. */
static void places_outside_are_not_linked(void **state)
{
    struct made *m = *state;
    made_full(m);
    struct finding *f = &m->report.results.v[1].findings.v[0];
    for (size_t i = 0; i < 2; i++) {
        free(f->accesses.v[i].stack.v[0].file);
        f->accesses.v[i].stack.v[0].file = str_dup("/elsewhere/x.c");
    }
    json_t *j = parsed(m, NULL);
    json_t *one = at(j, "runs/1/results/0");
    is(one, "locations/0/physicalLocation/artifactLocation/uri",
       "class/pair/buggy.c");
    assert_null(json_object_get(one, "relatedLocations"));
    assert_null(json_object_get(one, "codeFlows"));
    json_decref(j);
}

static void hostile_text_leaves_sarif_whole(void **state)
{
    struct made *m = *state;
    const struct format_options o = {.all = true};
    made_full(m);
    made_hostile(m);
    json_t *j = parsed(m, &o);
    const char *text =
        json_string_value(at(j, "runs/1/results/0/message/text"));
    assert_non_null(strstr(text, "\\[x\\](y)"));
    assert_null(strpbrk(text, "\033\001"));
    json_decref(j);
}

static void names_of_any_kind_are_uris(void **state)
{
    struct made *m = *state;
    made_full_of(m, MADE_HOSTILE_ID);
    json_t *j = parsed(m, NULL);
    const char *uri = json_string_value(
        at(j, "runs/1/results/0/locations/0/physicalLocation/artifactLocation/"
              "uri"));
    assert_true(str_starts(uri, "=c%3Cscript%3E%22&'%0A%3A%3Aerror%3A%3A%FF"));
    assert_null(strpbrk(uri, "<>\"\n :"));
    json_decref(j);
}

static void remotes_are_uris_without_secrets(void **state)
{
    static const char *const known[][2] = {
        {"https://github.com/a/b.git", "https://github.com/a/b.git"},
        {"https://user:token@github.com/a/b", "https://github.com/a/b"},
        {"https://token@host/a@b", "https://host/a@b"},
        {"git@github.com:a/b.git", "ssh://github.com/a/b.git"},
        {"ssh://git@host:22/a/b", "ssh://host:22/a/b"},
        {"host:/a/b", "ssh://host/a/b"},
        {"/srv/git/a b", "file:///srv/git/a%20b"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char *uri = repository_uri(known[i][0]);
        assert_string_equal(uri, known[i][1]);
        free(uri);
    }
}

static void path_is(const struct repository *r, const char *file,
                    const char *want)
{
    char *path = repository_path(r, file);
    if (want)
        assert_string_equal(path, want);
    else
        assert_null(path);
    free(path);
}

static void paths_are_from_the_root(void **state)
{
    (void)state;
    const struct repository r = {.root = (char *)"/home/me/x"};
    path_is(&r, "/home/me/x/a/b.c", "a/b.c");
    path_is(&r, "/home/me/x/a/./c/../b.c", "a/b.c");
    path_is(&r, "a/b.c", "a/b.c");
    path_is(&r, " a/ b.c ", " a/ b.c ");
    path_is(&r, "../y/b.c", NULL);
    path_is(&r, "/home/me/xy/b.c", NULL);
    path_is(&r, "/home/me/x", NULL);
    path_is(&r, "/usr/include/stdio.h", NULL);
}

/* Runs git in the folder of the test. */
static void git(const char *dir, const char *words)
{
    char *command = str_fmt("cd '%s' && git -c user.name=a -c user.email=b "
                            "%s >/dev/null 2>&1",
                            dir, words);
    assert_int_equal(system(command), 0);
    free(command);
}

static void git_tells_where_it_comes_from(void **state)
{
    struct made *m = *state;
    char *there = fs_which("git");
    if (!there)
        skip();
    free(there);
    char *corpus = fs_join(m->dir, "cases");
    char *dir = m->dir;
    m->dir = corpus;
    made_full(m);
    m->dir = dir;
    git(dir, "init -b trunk");
    git(dir, "add .");
    git(dir, "commit -m one");
    git(dir, "remote add origin https://me:secret@example.com/a/b.git");
    struct repository r;
    const struct format_options none = {0};
    repository_find(&m->report, &none, &r);
    assert_int_equal(strlen(r.revision), 40);
    assert_string_equal(r.root, dir);
    assert_string_equal(r.branch, "trunk");
    repository_fini(&r);

    json_t *j = parsed(m, NULL);
    is(j, "runs/0/versionControlProvenance/0/repositoryUri",
       "https://example.com/a/b.git");
    is(j, "runs/0/versionControlProvenance/0/branch", "trunk");
    is(j, "runs/1/results/0/locations/0/physicalLocation/artifactLocation/uri",
       "cases/class/pair/buggy.c");
    json_decref(j);

    scratch_write(dir, "cases/class/pair/buggy.c", "int changed;\n");
    repository_note(&m->report);
    assert_true(m->report.checkout.changed);
    assert_string_equal(m->report.checkout.branch, "trunk");
    free(m->report.checkout.revision);
    m->report.checkout.revision = str_dup("0123456789");
    repository_find(&m->report, &none, &r);
    assert_string_equal(r.revision, "0123456789");
    assert_string_equal(r.uri, "https://example.com/a/b.git");
    repository_fini(&r);
    free(corpus);
}

/* As in a container, where the work tree belongs to somebody else. */
static void tree_that_git_refuses_is_the_root_too(void **state)
{
    struct made *m = *state;
    const struct format_options none = {0};
    struct repository r;
    char *dir = m->dir;
    m->dir = fs_join(dir, "a/cases");
    made_full(m);
    free(m->dir);
    m->dir = dir;
    scratch_write(dir, "a/.git/config", "");
    repository_find(&m->report, &none, &r);
    path_is(&r, m->bug->source, "cases/class/pair/buggy.c");
    assert_null(r.revision);
    repository_fini(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MADE_TEST(sarif_is_as_it_was),
        MADE_TEST(each_detector_is_a_run),
        MADE_TEST(all_tells_what_is_as_recorded_too),
        MADE_TEST(race_has_both_places_and_a_flow_for_each_thread),
        MADE_TEST(unknown_columns_are_those_of_the_text),
        MADE_TEST(what_the_watchdog_says_everywhere_is_told_once),
        MADE_TEST(places_outside_are_not_linked),
        MADE_TEST(hostile_text_leaves_sarif_whole),
        MADE_TEST(names_of_any_kind_are_uris),
        cmocka_unit_test(remotes_are_uris_without_secrets),
        cmocka_unit_test(paths_are_from_the_root),
        MADE_TEST(git_tells_where_it_comes_from),
        MADE_TEST(tree_that_git_refuses_is_the_root_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
