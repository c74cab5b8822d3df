/* Thread lists and the order of rounds.
 * SPDX-License-Identifier: MIT */
#include "bench/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void same(const struct thread_counts *l, size_t n, const int *v)
{
    assert_int_equal(l->n, n);
    assert_memory_equal(l->v, v, n * sizeof *v);
}

static void parses_to(const char *text, int cores, size_t n, const int *v)
{
    struct thread_counts l = {0};
    struct diag d = {0};
    assert_int_equal(plan_parse_threads(text, cores, &l, &d), ERR_OK);
    same(&l, n, v);
    vec_fini(&l);
}

static void refuses(const char *text, int cores, const char *why)
{
    struct thread_counts l = {0};
    struct diag d = {0};
    assert_int_equal(plan_parse_threads(text, cores, &l, &d), ERR_INVALID);
    assert_int_equal(l.n, 0);
    assert_int_equal(d.messages.n, 1);
    if (!strstr(d.messages.v[0], why))
        fail_msg("'%s': %s", text, d.messages.v[0]);
    diag_fini(&d);
}

static void few_cores_are_all_measured(void **state)
{
    (void)state;
    struct thread_counts l = {0};
    plan_default_threads(3, &l);
    same(&l, 3, (int[]){1, 2, 3});
    vec_fini(&l);
    plan_default_threads(1, &l);
    same(&l, 1, (int[]){1});
    vec_fini(&l);
}

static void many_cores_are_measured_at_powers_of_two_and_the_end(void **state)
{
    (void)state;
    struct thread_counts l = {0};
    plan_default_threads(12, &l);
    same(&l, 5, (int[]){1, 2, 4, 8, 12});
    vec_fini(&l);
    plan_default_threads(16, &l);
    same(&l, 5, (int[]){1, 2, 4, 8, 16});
    vec_fini(&l);
}

static void list_is_sorted_and_without_doubles(void **state)
{
    (void)state;
    parses_to("4, 1,2-3,2", 4, 4, (int[]){1, 2, 3, 4});
    parses_to("2", 2, 1, (int[]){2});
    parses_to("3-3", 8, 1, (int[]){3});
}

static void what_is_no_list_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",      "0",   "-1",  "x",   "2x",
                                      "1-",    "3-2", "1.5", "0-2", "+1",
                                      "1-2-3", "--1", " ",   ",",   "1;2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refuses(bad[i], 8, "is no number of threads");
    refuses("1,99999999999999999999", 8, "is no number of threads");
}

static void more_threads_than_cores_are_refused(void **state)
{
    (void)state;
    refuses("3", 2, "3 threads on 2 cores");
    refuses("1-4000000000", 2, "give at most 2");
    refuses("2", 1, "on 1 core would");
}

/* What waits for a network needs no core of its own. */
static void only_downloads_may_have_more_threads_than_cores(void **state)
{
    (void)state;
    assert_int_equal(plan_most_threads(BENCH_GROUP_CPU, 2), 2);
    assert_int_equal(plan_most_threads(BENCH_GROUP_OVERHEAD, 2), 2);
    assert_int_equal(plan_most_threads(BENCH_GROUP_IO, 2), BENCH_MAX_THREADS);
    parses_to("160", BENCH_MAX_THREADS, 1, (int[]){160});
    refuses("1025", BENCH_MAX_THREADS, "1025 threads; give at most 1024");
}

static void every_round_has_each_configuration_once(void **state)
{
    (void)state;
    for (unsigned round = 0; round < 50; round++) {
        size_t order[9], seen = 0;
        plan_order(1, round, 9, order);
        for (size_t i = 0; i < 9; i++)
            seen |= (size_t)1 << order[i];
        assert_int_equal(seen, 511);
    }
}

static void orders_differ_by_round_and_repeat_by_seed(void **state)
{
    (void)state;
    size_t a[9], b[9], changes = 0;
    for (unsigned round = 0; round < 20; round++) {
        plan_order(7, round, 9, a);
        plan_order(7, round, 9, b);
        assert_memory_equal(a, b, sizeof a);
        plan_order(7, round + 1, 9, b);
        changes += memcmp(a, b, sizeof a) != 0;
    }
    assert_int_equal(changes, 20);
}

/* No configuration may always come first, when caches are cold. */
static void every_configuration_comes_first_about_as_often(void **state)
{
    (void)state;
    unsigned first[4] = {0};
    for (unsigned round = 0; round < 4000; round++) {
        size_t order[4];
        plan_order(1, round, 4, order);
        first[order[0]]++;
    }
    for (size_t i = 0; i < 4; i++)
        assert_in_range(first[i], 880, 1120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_cores_are_all_measured),
        cmocka_unit_test(many_cores_are_measured_at_powers_of_two_and_the_end),
        cmocka_unit_test(list_is_sorted_and_without_doubles),
        cmocka_unit_test(what_is_no_list_is_refused),
        cmocka_unit_test(more_threads_than_cores_are_refused),
        cmocka_unit_test(only_downloads_may_have_more_threads_than_cores),
        cmocka_unit_test(every_round_has_each_configuration_once),
        cmocka_unit_test(orders_differ_by_round_and_repeat_by_seed),
        cmocka_unit_test(every_configuration_comes_first_about_as_often),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
