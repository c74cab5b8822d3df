/* Trends and outliers against published figures.
 * SPDX-License-Identifier: MIT */
#include "bench/trend.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(v) (sizeof(v) / sizeof *(v))

static bool near(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance;
}

/* "A Mann-Kendall Example (By Hand)", J. Little, College of the Holy Cross
 * (mathcs.holycross.edu/~little/Montserrat/MannKendallByHand.txt): S = 54 with
 * one pair of ties, Z = 2.9058, and .0018 on one side. */
static void example_with_a_tie_is_met(void **state)
{
    (void)state;
    static const double v[] = {12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9,
                               11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7};
    struct trend t = trend_test(v, COUNT(v));
    assert_int_equal(t.s, 54);
    assert_true(near(t.z, 2.9058, 5e-5));
    assert_true(near(t.p / 2, 0.0018, 5e-5));
}

/* Kendall's table of P(S >= s), in Gilbert 1987, table A18: for n = 4 and s =
 * 4 (10, 15, 14, 20) it is .167, for 5 and 10 .0083, for 8 and 16 .031, for 10
 * and 21 .036. */
static void few_values_are_judged_exactly(void **state)
{
    (void)state;
    static const double four[] = {10, 15, 14, 20};
    static const double five[] = {1, 2, 3, 4, 5};
    static const double eight[] = {7, 1, 2, 3, 4, 5, 6, 8};
    static const double ten[] = {10, 4, 1, 2, 3, 5, 6, 7, 8, 9};
    struct trend t = trend_test(four, 4);
    assert_int_equal(t.s, 4);
    assert_true(near(t.p / 2, 0.167, 5e-4));
    t = trend_test(five, 5);
    assert_int_equal(t.s, 10);
    assert_true(near(t.p / 2, 0.0083, 5e-5));
    t = trend_test(eight, 8);
    assert_int_equal(t.s, 16);
    assert_true(near(t.p / 2, 0.031, 5e-4));
    t = trend_test(ten, 10);
    assert_int_equal(t.s, 21);
    assert_true(near(t.p / 2, 0.036, 5e-4));
}

/* Where the exact distribution ends, the normal one is close to it. */
static void exact_and_normal_meet(void **state)
{
    (void)state;
    double v[TREND_EXACT + 1];
    for (size_t i = 0; i < COUNT(v); i++)
        v[i] = (double)((i * 17) % 41) + 0.3137 * (double)i;
    struct trend exact = trend_test(v, TREND_EXACT);
    struct trend normal = trend_test(v, TREND_EXACT + 1);
    assert_true(near(exact.p, erfc(fabs(exact.z) / sqrt(2)), 0.002));
    assert_true(near(normal.p, erfc(fabs(normal.z) / sqrt(2)), 1e-12));
}

static void falling_is_the_mirror_of_growing(void **state)
{
    (void)state;
    static const double up[] = {1, 3, 2, 5, 4, 6}, down[] = {6, 4, 5, 2, 3, 1};
    struct trend a = trend_test(up, 6), b = trend_test(down, 6);
    assert_int_equal(a.s, -b.s);
    assert_true(a.p == b.p && a.z == -b.z);
    assert_true(a.change > 0 && b.change < 0);
}

static void constant_values_have_no_trend(void **state)
{
    (void)state;
    static const double v[] = {3, 3, 3, 3, 3, 3};
    struct trend t = trend_test(v, 6);
    assert_int_equal(t.s, 0);
    assert_true(t.p == 1 && t.z == 0 && t.change == 0);
}

static void change_is_that_of_the_halves(void **state)
{
    (void)state;
    static const double v[] = {10, 10, 99, 11, 11};
    assert_true(near(trend_test(v, 5).change, 0.1, 1e-12));
    assert_true(near(trend_test(v, 2).change, 0, 1e-12));
}

/* Leys et al., Detecting outliers: Do not use standard deviation around the
 * mean, use absolute deviation around the median, J. Experimental Social
 * Psychology 49(4), 2013: of 1, 3, 3, 6, 8, 10, 10, 1000 only the last one. */
static void example_of_leys_is_met(void **state)
{
    (void)state;
    static const double v[] = {1, 3, 3, 6, 8, 10, 10, 1000};
    assert_int_equal(trend_outliers(v, COUNT(v)), 1);
    assert_int_equal(trend_outliers(v, COUNT(v) - 1), 0);
}

/* NIST/SEMATECH e-Handbook 7.1.6: 90 values, of which 1441 is called a mild
 * outlier (there by Tukey's fences) and no other. */
static void example_of_the_handbook_is_met(void **state)
{
    (void)state;
    static const double v[] = {
        30,  171, 184, 201, 212, 250, 265, 270, 272,  289,  305,  306, 322,
        322, 336, 346, 351, 370, 390, 404, 409, 411,  436,  437,  439, 441,
        444, 448, 451, 453, 470, 480, 482, 487, 494,  495,  499,  503, 514,
        521, 522, 527, 548, 550, 559, 560, 570, 572,  574,  578,  585, 592,
        592, 607, 616, 618, 621, 629, 637, 638, 640,  656,  668,  707, 709,
        719, 737, 739, 752, 758, 766, 792, 792, 794,  802,  818,  830, 832,
        843, 858, 860, 869, 918, 925, 953, 991, 1000, 1005, 1068, 1441};
    assert_int_equal(COUNT(v), 90);
    assert_int_equal(trend_outliers(v, 90), 1);
    assert_int_equal(trend_outliers(v, 89), 0);
}

static void equal_values_have_no_outliers(void **state)
{
    (void)state;
    static const double v[] = {10, 10, 10, 10, 100};
    assert_int_equal(trend_outliers(v, 5), 0);
    assert_int_equal(trend_outliers(v, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(example_with_a_tie_is_met),
        cmocka_unit_test(few_values_are_judged_exactly),
        cmocka_unit_test(exact_and_normal_meet),
        cmocka_unit_test(falling_is_the_mirror_of_growing),
        cmocka_unit_test(constant_values_have_no_trend),
        cmocka_unit_test(change_is_that_of_the_halves),
        cmocka_unit_test(example_of_leys_is_met),
        cmocka_unit_test(example_of_the_handbook_is_met),
        cmocka_unit_test(equal_values_have_no_outliers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
