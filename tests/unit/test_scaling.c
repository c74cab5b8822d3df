/* Serial fractions against published figures, and break-even sizes.
 * SPDX-License-Identifier: MIT */
#include "bench/scaling.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool near(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance;
}

/* Quinn, Parallel Programming in C with MPI and OpenMP, 2003, section 7.5, both
 * examples of the metric on 2 to 8 processors: one whose serial part limits it,
 * and one whose overhead grows. */
static void examples_of_the_metric_are_met(void **state)
{
    (void)state;
    static const double serial[] = {1.82, 2.50, 3.08, 3.57, 4.00, 4.38, 4.71};
    static const double overhead[] = {1.87, 2.61, 3.23, 3.73, 4.14, 4.46, 4.71};
    static const double fractions[] = {0.070, 0.075, 0.080, 0.085,
                                       0.090, 0.095, 0.100};
    for (int p = 2; p <= 8; p++) {
        double e = scaling_serial_fraction(serial[p - 2], p);
        assert_true(near(e, 0.1, 0.0015));
        e = scaling_serial_fraction(overhead[p - 2], p);
        assert_true(near(e, fractions[p - 2], 0.0006));
    }
}

static void bounds_of_the_fraction(void **state)
{
    (void)state;
    assert_true(near(scaling_serial_fraction(4, 4), 0, 1e-15));
    assert_true(near(scaling_serial_fraction(1, 4), 1, 1e-15));
    assert_true(scaling_serial_fraction(4.1, 4) < 0);
    assert_true(scaling_serial_fraction(0.9, 4) > 1);
}

#define POINT(size, low, speedup, high)                                        \
    {                                                                          \
        size, speedup,                                                         \
        {                                                                      \
            low, high                                                          \
        }                                                                      \
    }

static void break_even_is_where_doubt_ends(void **state)
{
    (void)state;
    static const struct scaling_point p[] = {
        POINT(1e3, 0.1, 0.1, 0.1), POINT(1e4, 0.9, 1.1, 1.2),
        POINT(1e5, 1.5, 1.6, 1.7), POINT(1e6, 1.9, 1.9, 1.9)};
    assert_int_equal(scaling_break_even(p, 4), 2);
    assert_int_equal(scaling_break_even(p, 2), 2);
    assert_int_equal(scaling_break_even(p + 2, 2), 0);
    assert_int_equal(scaling_break_even(p, 0), 0);
}

/* Faster at one size only, or no longer at the end, is not enough. */
static void break_even_must_last(void **state)
{
    (void)state;
    static const struct scaling_point p[] = {
        POINT(1e3, 1.1, 1.2, 1.3), POINT(1e4, 0.7, 0.8, 0.9),
        POINT(1e5, 1.5, 1.6, 1.7), POINT(1e6, 0.9, 1.0, 1.1)};
    assert_int_equal(scaling_break_even(p, 3), 2);
    assert_int_equal(scaling_break_even(p, 4), 4);
}

/* From a half to twice: the logarithm passes 0 in the middle. */
static void crossing_is_on_the_line_of_the_logarithms(void **state)
{
    (void)state;
    static const struct scaling_point a = POINT(1e3, 0.4, 0.5, 0.6),
                                      b = POINT(1e5, 1.9, 2.0, 2.1),
                                      c = POINT(1e3, 0.9, 1.0, 1.1),
                                      d = POINT(1e5, 1.1, 1.2, 1.3);
    assert_true(near(scaling_crossing(&a, &b), 1e4, 1e-6));
    assert_true(near(scaling_crossing(&c, &b), 1e3, 1e-6));
    assert_true(scaling_crossing(&b, &a) == 0);
    assert_true(scaling_crossing(&d, &b) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_the_metric_are_met),
        cmocka_unit_test(bounds_of_the_fraction),
        cmocka_unit_test(break_even_is_where_doubt_ends),
        cmocka_unit_test(break_even_must_last),
        cmocka_unit_test(crossing_is_on_the_line_of_the_logarithms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
