/* Traces go to a file and come back the same; what is no trace is told.
 * SPDX-License-Identifier: MIT */
#include "explore/trace.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include "scratch.h"

static struct trace made(void)
{
    struct trace t = {.program = str_dup("/bin/true"),
                      .cwd = str_dup("/"),
                      .bug = str_dup("deadlock"),
                      .digest = 0x123456789abcdef0,
                      .timeouts = 2,
                      .learned = 5,
                      .spurious = true,
                      .code = -7,
                      .at = {0x401234, 0x99}};
    struct shared_slot slot = {0, 3};
    struct shared_step step = {17, 1, 4};
    strv_add(&t.arguments, "8");
    strv_add(&t.arguments, "two words");
    vec_push(&t.slots, slot);
    vec_push(&t.steps, step);
    return t;
}

static void comes_back_the_same(void **state)
{
    char *path = fs_join(*state, "a.trace");
    struct trace t = made(), back;
    struct diag d = {0};
    assert_int_equal(trace_write(&t, path), ERR_OK);
    assert_int_equal(trace_read(path, &back, &d), ERR_OK);
    assert_string_equal(back.program, t.program);
    assert_string_equal(back.cwd, t.cwd);
    assert_string_equal(back.bug, "deadlock");
    assert_true(back.digest == t.digest && back.spurious);
    assert_int_equal(back.timeouts, 2);
    assert_int_equal(back.code, -7);
    assert_true(back.at[0] == 0x401234 && back.at[1] == 0x99);
    assert_int_equal(back.learned, 5);
    assert_int_equal(back.arguments.n, 2);
    assert_string_equal(back.arguments.v[1], "two words");
    assert_int_equal(back.slots.n, 1);
    assert_int_equal(back.slots.v[0].child, 3);
    assert_int_equal(back.steps.n, 1);
    assert_int_equal(back.steps.v[0].until, 17);
    assert_int_equal(back.steps.v[0].choice, 1);
    assert_int_equal(back.steps.v[0].thread, 4);
    assert_false(trace_fits(&back));
    trace_fini(&back);
    trace_fini(&t);
    free(path);
}

static void expect_refused(const char *dir, const char *text, const char *why)
{
    char *path = fs_join(dir, "bad.trace");
    struct trace t;
    struct diag d = {0};
    assert_int_equal(fs_write(path, text, strlen(text)), ERR_OK);
    assert_int_equal(trace_read(path, &t, &d), ERR_INVALID);
    assert_int_equal(d.messages.n, 1);
    assert_non_null(strstr(d.messages.v[0], why));
    diag_fini(&d);
    trace_fini(&t);
    free(path);
}

static void what_is_no_trace_is_told(void **state)
{
    expect_refused(*state, "hello\n", "no trace of this version");
    expect_refused(*state, "lockstep-trace 1\nprogram /a\n", "cut off");
    expect_refused(*state, "lockstep-trace 1\nprogram /a\nrun 1 2\n",
                   "bad.trace:3");
    expect_refused(*state, "lockstep-trace 1\nrun 999 2 0\nend\n",
                   "bad.trace:2");
    expect_refused(*state, "lockstep-trace 1\nend\n", "names no program");
    expect_refused(*state, "", "no end");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(comes_back_the_same),
        SCRATCH_TEST(what_is_no_trace_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
