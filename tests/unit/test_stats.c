/* Statistics against published figures.
 * SPDX-License-Identifier: MIT */
#include "bench/stats.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(v) (sizeof(v) / sizeof *(v))

/* Efron & Tibshirani 1993, table 2.1: survival of treated and control mice,
 * in days. */
static const double treated[] = {94, 197, 16, 38, 99, 141, 23};
static const double control[] = {52, 104, 146, 10, 51, 30, 40, 27, 46};

static bool near(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance;
}

/* The first outputs of Vigna's splitmix64.c for the seed 1234567. */
static void splitmix_gives_the_reference_sequence(void **state)
{
    (void)state;
    static const uint64_t expected[] = {
        6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
        4593380528125082431U, 16408922859458223821U};
    struct stats_random r = {1234567};
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_true(stats_random(&r) == expected[i]);
}

static void numbers_below_n_are_even(void **state)
{
    (void)state;
    struct stats_random r = {1};
    unsigned hits[6] = {0};
    for (int i = 0; i < 60000; i++)
        hits[stats_random_below(&r, 6)]++;
    for (size_t i = 0; i < 6; i++)
        assert_in_range(hits[i], 9600, 10400); /* over 4 sigma */
    assert_int_equal(stats_random_below(&r, 1), 0);
}

/* Below two thirds of 2^64, scaling without rejection would hit every odd
 * number twice in the lower half, and every even one in the upper half. */
static void big_bounds_are_not_biased(void **state)
{
    (void)state;
    struct stats_random r = {2};
    uint64_t n = UINT64_MAX / 3 * 2;
    int favoured = 0;
    for (int i = 0; i < 10000; i++) {
        uint64_t x = stats_random_below(&r, n);
        favoured += (x % 2 == 0) == (x >= n / 2);
    }
    assert_in_range(favoured, 4750, 5250);
}

/* The medians are in Efron & Tibshirani 1993, section 2.1. */
static void median_of_odd_and_even_counts(void **state)
{
    (void)state;
    assert_true(stats_median(treated, COUNT(treated)) == 94);
    assert_true(stats_median(control, COUNT(control)) == 46);
    assert_true(stats_median((double[]){4, 1, 3, 2}, 4) == 2.5);
    assert_true(stats_median((double[]){7}, 1) == 7);
}

/* The textbook example 1, 1, 2, 2, 4, 6, 9: deviations 1, 1, 0, 0, 2, 4, 7. */
static void mad_is_the_unscaled_textbook_one(void **state)
{
    (void)state;
    assert_true(stats_mad((double[]){9, 1, 2, 6, 1, 4, 2}, 7) == 1);
    assert_true(stats_mad((double[]){3, 3, 3}, 3) == 0);
}

/* The example of pandas.Series.quantile, whose default is type 7, and the
 * data of NIST/SEMATECH e-Handbook 7.2.6.2, worked out at 1 + p (n - 1). */
static void quantiles_are_of_type_7(void **state)
{
    (void)state;
    const double four[] = {1, 2, 3, 4};
    assert_true(near(stats_quantile(four, 4, 0.25), 1.75, 1e-12));
    assert_true(near(stats_quantile(four, 4, 0.5), 2.5, 1e-12));
    assert_true(near(stats_quantile(four, 4, 0.75), 3.25, 1e-12));
    const double nist[] = {95.1772, 95.1567, 95.1937, 95.1959,
                           95.1442, 95.0610, 95.1591, 95.1195,
                           95.1065, 95.0925, 95.1990, 95.1682};
    assert_true(near(stats_quantile(nist, 12, 0.9), 95.19568, 1e-9));
    assert_true(stats_quantile(nist, 12, 0) == 95.0610);
    assert_true(stats_quantile(nist, 12, 1) == 95.1990);
}

/* Efron & Tibshirani 1993, table 2.2: the standard error of the median of the
 * treated mice is 37.83 for infinitely many resamples. */
static void bootstrap_reaches_the_published_standard_error(void **state)
{
    (void)state;
    enum { N = 200000 };
    double *m = malloc(N * sizeof *m), mean = 0, square = 0;
    assert_non_null(m);
    struct stats_random r = {3};
    stats_resample_medians(&r, treated, COUNT(treated), m, N);
    for (size_t i = 0; i < N; i++)
        mean += m[i] / N;
    for (size_t i = 0; i < N; i++)
        square += (m[i] - mean) * (m[i] - mean) / (N - 1);
    free(m);
    assert_true(near(sqrt(square), 37.83, 0.3));
}

/* P(Bin(7, k / 7) >= 4): that at most the k smallest reach the median. */
static double median_within(int k)
{
    double p = k / 7.0, q = 1 - p;
    return 35 * pow(p, 4) * pow(q, 3) + 21 * pow(p, 5) * pow(q, 2) +
           7 * pow(p, 6) * q + pow(p, 7);
}

/* The distribution of the resampled median is known exactly (Efron, Bootstrap
 * Methods, Annals of Statistics 1979, section 3). */
static void resampled_medians_follow_the_exact_distribution(void **state)
{
    (void)state;
    enum { N = 100000 };
    static const double order[] = {16, 23, 38, 94, 99, 141, 197};
    double *m = malloc(N * sizeof *m);
    assert_non_null(m);
    struct stats_random r = {4};
    stats_resample_medians(&r, treated, COUNT(treated), m, N);
    for (int k = 1; k <= 7; k++) {
        size_t within = 0;
        for (size_t i = 0; i < N; i++)
            within += m[i] <= order[k - 1];
        assert_true(near((double)within / N, median_within(k), 0.007));
    }
    free(m);
}

/* By that distribution 1.0 % of the medians are 16 and 9.8 % at most 23, and
 * by symmetry at the other end: 95 % lie in [23, 141]. */
static void interval_has_the_exact_ends(void **state)
{
    (void)state;
    assert_true(median_within(1) < 0.025 && median_within(2) > 0.025);
    struct stats_interval i = stats_median_interval(5, treated, 7);
    assert_true(i.low == 23 && i.high == 141);
}

static void interval_of_equal_samples_is_a_point(void **state)
{
    (void)state;
    const double v[] = {2, 2, 2, 2, 2}, w[] = {1, 1, 1};
    struct stats_interval i = stats_median_interval(6, v, 5);
    assert_true(i.low == 2 && i.high == 2);
    i = stats_ratio_interval(6, v, 5, w, 3);
    assert_true(i.low == 2 && i.high == 2);
}

/* Of samples drawn from a known distribution about 95 in 100 intervals hold
 * the true ratio; the bootstrap of a median is a little short of that. */
static void ratio_interval_covers_the_truth(void **state)
{
    (void)state;
    struct stats_random r = {7};
    int held = 0;
    for (int trial = 0; trial < 400; trial++) {
        double a[21], b[21];
        for (int i = 0; i < 21; i++) {
            a[i] = 2 + (double)(stats_random(&r) >> 11) * 0x1p-53;
            b[i] = 1 + (double)(stats_random(&r) >> 11) * 0x1p-53;
        }
        struct stats_interval i =
            stats_ratio_interval((uint64_t)trial, a, 21, b, 21);
        held += i.low <= 2.5 / 1.5 && 2.5 / 1.5 <= i.high;
    }
    assert_in_range(held, 400 * 90 / 100, 400 * 99 / 100);
}

static void same_seed_gives_the_same_interval(void **state)
{
    (void)state;
    double a[40];
    struct stats_random r = {8};
    for (int i = 0; i < 40; i++)
        a[i] = 1 + (double)stats_random_below(&r, 1000000);
    struct stats_interval x = stats_ratio_interval(1, a, 20, a + 20, 20);
    struct stats_interval y = stats_ratio_interval(1, a, 20, a + 20, 20);
    struct stats_interval z = stats_ratio_interval(2, a, 20, a + 20, 20);
    assert_true(x.low == y.low && x.high == y.high);
    assert_true(x.low != z.low || x.high != z.high);
}

static void shuffle_keeps_all_and_reaches_every_place(void **state)
{
    (void)state;
    struct stats_random r = {9};
    unsigned first[5] = {0};
    for (int trial = 0; trial < 5000; trial++) {
        size_t v[] = {0, 1, 2, 3, 4}, sum = 0;
        stats_shuffle(&r, v, 5);
        for (int i = 0; i < 5; i++)
            sum |= (size_t)1 << v[i];
        assert_int_equal(sum, 31);
        first[v[0]]++;
    }
    for (int i = 0; i < 5; i++)
        assert_in_range(first[i], 880, 1120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splitmix_gives_the_reference_sequence),
        cmocka_unit_test(numbers_below_n_are_even),
        cmocka_unit_test(big_bounds_are_not_biased),
        cmocka_unit_test(median_of_odd_and_even_counts),
        cmocka_unit_test(mad_is_the_unscaled_textbook_one),
        cmocka_unit_test(quantiles_are_of_type_7),
        cmocka_unit_test(bootstrap_reaches_the_published_standard_error),
        cmocka_unit_test(resampled_medians_follow_the_exact_distribution),
        cmocka_unit_test(interval_has_the_exact_ends),
        cmocka_unit_test(interval_of_equal_samples_is_a_point),
        cmocka_unit_test(ratio_interval_covers_the_truth),
        cmocka_unit_test(same_seed_gives_the_same_interval),
        cmocka_unit_test(shuffle_keeps_all_and_reaches_every_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
