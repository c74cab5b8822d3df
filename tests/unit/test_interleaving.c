/* The schedule that fails, as a text beside the raw reports.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/interleaving.h"
#include "os/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

#define STEP(thread, what, object, turn, left)                                 \
    "{\"thread\": " #thread ", \"does\": \"" what "\", \"object\": " object    \
    ", \"value\": null, \"file\": \"/a/buggy.c\", \"line\": 1" #thread         \
    ", \"function\": \"f\", \"switch\": " turn ", \"left_out\": " #left "}"

static enum err write_text(const char *json, const char *dir)
{
    struct explore_report x;
    explore_report_read(json, &x);
    enum err e = interleaving_write(&x, dir);
    explore_report_fini(&x);
    return e;
}

static void steps_of_a_bug_are_lines(void **state)
{
    const char *dir = *state;
    struct buf text = {0};
    assert_int_equal(
        write_text(
            "{\"explore\": [{\"bugs\": [{\"kind\": \"lost-wakeup\","
            " \"text\": \"\", \"places\": [{\"text\": \"thread 0 waits\"}],"
            " \"steps\": [" STEP(0, "locks mutex", "\"`lock`\"", "false",
                                 0) "," STEP(1, "writes", "\"`n`\"", "true",
                                             3) "]}]}]}",
            dir),
        ERR_OK);
    char *path = fs_join(dir, INTERLEAVING_FILE);
    assert_int_equal(fs_read(path, &text), ERR_OK);
    assert_string_equal(
        buf_str(&text),
        "lost-wakeup\n"
        "  thread 0 waits\n"
        "How it happens (> marks a switch of threads):\n"
        "    T0   locks mutex `lock`                               buggy.c:10, "
        "in f()\n"
        "         ... 3 steps left out\n"
        "  > T1   writes `n`                                       buggy.c:11, "
        "in f()\n");
    buf_fini(&text);
    free(path);
}

static void without_a_bug_there_is_no_file(void **state)
{
    static const char no_steps[] = "{\"explore\": [{\"bugs\": [{\"kind\": "
                                   "\"deadlock\", \"steps\": []}]}]}";
    static const char *const texts[] = {
        "",   "{}",    "no JSON", "{\"explore\": []}", "{\"explore\": 7}",
        "[]", no_steps};
    const char *dir = *state;
    char *path = fs_join(dir, INTERLEAVING_FILE);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(write_text(texts[i], dir), ERR_OK);
        assert_false(fs_is_file(path));
    }
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(steps_of_a_bug_are_lines, scratch_make,
                                        scratch_remove),
        cmocka_unit_test_setup_teardown(without_a_bug_there_is_no_file,
                                        scratch_make, scratch_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
