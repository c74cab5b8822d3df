/* When a measurement is doubted, and when it is not.
 * SPDX-License-Identifier: MIT */
#include "bench/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* One row of six runs of about 100 ms, each off by up to `spread`. */
static struct bench_report make(double spread)
{
    struct bench_report r = {.rounds = 6, .host = {.cores = 2, .load = 0.1}};
    struct bench_row row = {.threads = 1, .base = SIZE_MAX};
    for (int i = 0; i < 6; i++)
        vec_push(&row.seconds, 0.1 * (1 + spread * (i - 3) / 3));
    vec_push(&r.rows, row);
    bench_summarise(&r);
    return r;
}

/* The one warning of r has `what` in it; none if that is NULL. */
static void warns(struct bench_report *r, const char *what)
{
    noise_judge(r);
    assert_int_equal(r->warnings.n, what ? 1 : 0);
    if (what && !strstr(r->warnings.v[0], what))
        fail_msg("warned of: %s", r->warnings.v[0]);
    bench_report_fini(r);
}

static void quiet_measurement_is_trusted(void **state)
{
    (void)state;
    struct bench_report r = make(0.001);
    warns(&r, NULL);
}

static void wide_interval_is_told(void **state)
{
    (void)state;
    struct bench_report r = make(0.03);
    assert_true(r.rows.v[0].mad / r.rows.v[0].median < 0.02);
    warns(&r, "1 of 1 intervals are wider");
}

/* Many runs make the interval narrow, however much they scatter. */
static void scatter_is_told(void **state)
{
    (void)state;
    struct bench_report r = make(0.001);
    r.rows.v[0].mad = 0.003;
    warns(&r, "scatter");
}

static void each_disturbance_is_told(void **state)
{
    (void)state;
    struct bench_report r = make(0.001);
    r.others = 0.1;
    warns(&r, "other programs used 10 %");
    r = make(0.001);
    r.stolen = 0.02;
    warns(&r, "hypervisor took 2.0 %");
    r = make(0.001);
    r.host.load = 1.5;
    warns(&r, "load average was 1.50 on 2 cores");
    r = make(0.001);
    r.rows.v[0].involuntary = 61;
    warns(&r, "pushed off");
    r = make(0.001);
    r.host.governor = str_dup("powersave");
    warns(&r, "'powersave'");
    r = make(0.001);
    r.rounds = 3;
    warns(&r, "only 3 rounds");
}

/* The loop of fixed work took that long in the rounds. */
static struct bench_report paced(const double *pace, size_t n)
{
    struct bench_report r = make(0.001);
    for (size_t i = 0; i < n; i++)
        vec_push(&r.pace, pace[i] * 1e-4);
    bench_summarise(&r);
    return r;
}

static void change_of_the_clock_is_told(void **state)
{
    (void)state;
    static const double slower[] = {1, 1.005, 1.01, 1.015, 1.02, 1.03};
    static const double faster[] = {1.03, 1.02, 1.015, 1.01, 1.005, 1};
    static const double uneven[] = {1, 1.06, 1, 1.06, 1, 1.06, 1};
    struct bench_report r = paced(slower, 6);
    warns(&r, "became 1.5 % slower meanwhile (Mann-Kendall, p = 0.003)");
    r = paced(faster, 6);
    warns(&r, "% faster");
    r = paced(uneven, 7);
    warns(&r, "differed by 6 % between rounds");
}

static void steady_clock_is_not_told(void **state)
{
    (void)state;
    static const double steady[] = {1, 1.001, 1.002, 1.003, 1.004, 1.005};
    static const double noisy[] = {1, 1.04, 1.01, 1.03, 1, 1.02};
    struct bench_report r = paced(steady, 6); /* a trend, but a small one */
    warns(&r, NULL);
    r = paced(noisy, 6);
    warns(&r, NULL);
    r = paced(steady, 1);
    warns(&r, NULL);
}

static void many_outliers_are_told(void **state)
{
    (void)state;
    struct bench_report r = make(0.001);
    r.rows.v[0].outliers = 1;
    warns(&r, "1 of 6 times are outliers");
}

static void what_is_normal_is_not_told(void **state)
{
    (void)state;
    struct bench_report r = make(0.001);
    r.others = 0.01;
    r.stolen = 0.005;
    r.rows.v[0].involuntary = 12;
    r.host.load = 1;
    r.host.governor = str_dup("performance");
    warns(&r, NULL);
    r = make(0.001);
    r.host.load = -1; /* unknown */
    warns(&r, NULL);
}

static void shares_are_of_the_time_between(void **state)
{
    (void)state;
    struct host_usage a = {100, 40, 5, 10, 0}, b = {120, 50, 6, 16, 0};
    assert_true(host_stolen(&a, &b) == 0.05);
    assert_true(host_others(&a, &b) == 0.2); /* 10 busy, 6 of them own */
    b.own = 40; /* own time is counted finer than the total */
    assert_true(host_others(&a, &b) == 0);
    assert_true(host_stolen(&a, &a) == 0 && host_others(&a, &a) == 0);
}

static void this_computer_can_be_read(void **state)
{
    (void)state;
    struct host h;
    struct host_usage u;
    host_read(&h);
    assert_true(h.cores >= 1);
    assert_non_null(h.kernel);
    host_fini(&h);
    host_usage(&u);
    assert_true(u.own > 0);
    assert_true(u.total >= u.busy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quiet_measurement_is_trusted),
        cmocka_unit_test(wide_interval_is_told),
        cmocka_unit_test(scatter_is_told),
        cmocka_unit_test(each_disturbance_is_told),
        cmocka_unit_test(change_of_the_clock_is_told),
        cmocka_unit_test(steady_clock_is_not_told),
        cmocka_unit_test(many_outliers_are_told),
        cmocka_unit_test(what_is_normal_is_not_told),
        cmocka_unit_test(shares_are_of_the_time_between),
        cmocka_unit_test(this_computer_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
