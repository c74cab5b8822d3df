/* How the kernels repeat their work and tell what it took.
 * SPDX-License-Identifier: MIT */
#include "../../cases/kernel.h"

#include "base/str.h"
#include "bench/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

/* A work that takes `nap` and is wrong the wrong_at-th time, from 1. */
struct work {
    useconds_t nap;
    int wrong_at, runs, starts, stops;
};

static void start(void *arg)
{
    struct work *w = arg;
    assert_int_equal(w->runs, 0);
    w->starts++;
}

static unsigned __int128 run(void *arg)
{
    struct work *w = arg;
    if (w->nap)
        usleep(w->nap);
    return ++w->runs == w->wrong_at ? 8 : 7;
}

static void stop(void *arg)
{
    ((struct work *)arg)->stops++;
}

static struct kernel_work kernel(struct work *w)
{
    return (struct kernel_work){start, run, stop, w, 7};
}

/* What kernel_run prints; its exit status in *code. Owned by the caller. */
static char *printed(struct work *w, int *code)
{
    struct kernel_work k = kernel(w);
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stdout);
    int out = dup(STDOUT_FILENO);
    assert_int_equal(dup2(fileno(file), STDOUT_FILENO), STDOUT_FILENO);
    *code = kernel_run(&k);
    assert_int_equal(dup2(out, STDOUT_FILENO), STDOUT_FILENO);
    close(out);
    char *text = calloc(1, 1000);
    rewind(file);
    assert_true(fread(text, 1, 999, file) < 999);
    fclose(file);
    return text;
}

static void seconds_are_those_of_one_repetition(void **state)
{
    (void)state;
    setenv("LOCKSTEP_KERNEL_SECONDS", "0.02", 1);
    struct work w = {.nap = 1000};
    struct kernel_work k = kernel(&w);
    unsigned __int128 value;
    unsigned long repeats;
    double seconds = kernel_repeat(&k, &value, &repeats);
    assert_true(value == 7);
    assert_true(repeats > 1 && repeats < (unsigned long)w.runs);
    assert_true(seconds >= 0.001);
    assert_true(seconds * (double)repeats >= 0.02);
}

static void fast_work_is_repeated_until_it_can_be_timed(void **state)
{
    (void)state;
    setenv("LOCKSTEP_KERNEL_SECONDS", "0.001", 1);
    struct work w = {0};
    struct kernel_work k = kernel(&w);
    unsigned __int128 value;
    unsigned long repeats;
    double seconds = kernel_repeat(&k, &value, &repeats);
    assert_true(repeats >= 100);
    assert_true(seconds > 0 && seconds < 0.001);
}

static void no_seconds_are_one_repetition(void **state)
{
    (void)state;
    setenv("LOCKSTEP_KERNEL_SECONDS", "0", 1);
    struct work w = {.nap = 10};
    int code;
    char *text = printed(&w, &code);
    assert_int_equal(code, 0);
    assert_non_null(strstr(text, "\nrepeats 1\nINVARIANT HELD: value is 7 of"));
    assert_int_equal(w.runs, 2); /* the first one warms up */
    assert_int_equal(w.starts, 1);
    assert_int_equal(w.stops, 1);
    free(text);
}

static void what_is_printed_is_a_sample(void **state)
{
    (void)state;
    setenv("LOCKSTEP_KERNEL_SECONDS", "0.001", 1);
    struct work w = {.nap = 10};
    int code;
    char *text = printed(&w, &code), *problem = NULL;
    struct sample s = {0};
    if (sample_parse(text, "7", &s, &problem) != ERR_OK)
        fail_msg("%s: %s", problem, text);
    assert_true(s.seconds >= 1e-5);
    assert_true(s.repeats > 1 && s.repeats < (unsigned long)w.runs);
    sample_fini(&s);
    free(text);
}

static void one_wrong_value_of_many_is_told(void **state)
{
    (void)state;
    setenv("LOCKSTEP_KERNEL_SECONDS", "60", 1);
    for (int at = 1; at < 40; at++) {
        struct work w = {.nap = 10, .wrong_at = at};
        int code;
        char *text = printed(&w, &code);
        assert_int_equal(code, 1);
        assert_int_equal(w.runs, at);
        assert_int_equal(w.stops, 1);
        assert_true(str_starts(text, "value 8\n"));
        assert_non_null(strstr(text, "INVARIANT BROKEN: value is 8 of 7\n"));
        free(text);
    }
}

static void slices_meet_and_differ_by_one_at_most(void **state)
{
    (void)state;
    for (unsigned long n = 1; n < 20; n++)
        for (unsigned long to = 5; to < 60; to++) {
            assert_int_equal(kernel_cut(5, to, 0, n), 5);
            assert_int_equal(kernel_cut(5, to, n, n), to);
            for (unsigned long k = 0; k < n; k++) {
                unsigned long length =
                    kernel_cut(5, to, k + 1, n) - kernel_cut(5, to, k, n);
                assert_true(length - (to - 5) / n <= 1);
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seconds_are_those_of_one_repetition),
        cmocka_unit_test(fast_work_is_repeated_until_it_can_be_timed),
        cmocka_unit_test(no_seconds_are_one_repetition),
        cmocka_unit_test(what_is_printed_is_a_sample),
        cmocka_unit_test(one_wrong_value_of_many_is_told),
        cmocka_unit_test(slices_meet_and_differ_by_one_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
