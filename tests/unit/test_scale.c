/* Axes: what they span, where their ticks are, how figures are written.
 * SPDX-License-Identifier: MIT */
#include "bench/scale.h"

#include "base/str.h"
#include "bench/stats.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The labels, with blanks between. */
static char *labels(const struct ticks *l)
{
    struct buf b = {0};
    for (size_t i = 0; i < l->n; i++)
        buf_addf(&b, "%s%s", i ? " " : "", l->v[i].label);
    buf_adds(&b, "");
    return buf_take(&b);
}

static void has_ticks(bool log, double low, double high, const char *expected)
{
    struct scale s = {0};
    struct ticks l = {0};
    scale_span_nice(&s, log, low, high);
    scale_ticks(&s, 7, &l);
    char *text = labels(&l);
    assert_string_equal(text, expected);
    free(text);
    ticks_fini(&l);
}

static void linear_ticks_are_round_and_begin_at_zero(void **state)
{
    (void)state;
    has_ticks(false, 0.98, 1.97, "0 0.5 1.0 1.5 2.0");
    has_ticks(false, 3, 3.9, "0 1 2 3 4");
    has_ticks(false, 0, 48, "0 10 20 30 40 50");
    has_ticks(false, 0.001, 0.0123, "0 0.005 0.010 0.015");
    has_ticks(false, -0.2, 1.1, "-0.5 0 0.5 1.0 1.5");
    has_ticks(false, -3, -2, "-3.0 -2.5 -2.0 -1.5 -1.0 -0.5 0");
    has_ticks(false, 0, 0, "0 0.2 0.4 0.6 0.8 1.0");
}

static void logarithmic_ticks_are_powers_of_ten(void **state)
{
    (void)state;
    has_ticks(true, 1, 1000, "1 10 100 1000");
    has_ticks(true, 0.1, 14.3, "0.1 1 10");
    has_ticks(true, 1e3, 1e9,
              "10\xC2\xB3 10\xE2\x81\xB4 10\xE2\x81\xB5 10\xE2\x81\xB6 "
              "10\xE2\x81\xB7 10\xE2\x81\xB8 10\xE2\x81\xB9");
    has_ticks(true, 2e-5, 2,
              "10\xE2\x81\xBB\xE2\x81\xB4 "
              "10\xE2\x81\xBB\xC2\xB3 10\xE2\x81\xBB\xC2\xB2 "
              "10\xE2\x81\xBB\xC2\xB9 1");
}

static void short_logarithmic_axes_have_ticks_between(void **state)
{
    (void)state;
    has_ticks(true, 1, 16, "1 2 5 10 20");
    has_ticks(true, 0.3, 7, "0.2 0.5 1 2 5 10");
    has_ticks(true, 3, 4, "2.0 2.5 3.0 3.5 4.0 4.5 5.0");
}

/* Any span gives ticks that ascend and lie on the axis, and not too many. */
static void every_span_has_some_ticks(void **state)
{
    (void)state;
    struct stats_random random = {7};
    for (int i = 0; i < 20000; i++) {
        bool log = i % 2;
        double a = pow(10, (double)stats_random_below(&random, 190) - 95);
        double b = a * pow(10, (double)stats_random_below(&random, 1000) / 200);
        if (!log && i % 4 == 0)
            a = -a;
        struct scale s = {.start = 10, .end = 500};
        struct ticks l = {0};
        scale_span_nice(&s, log, fmin(a, b), fmax(a, b));
        assert_true(s.from <= fmin(a, b) + 1e-6 * fabs(a));
        assert_true(s.to >= fmax(a, b) - 1e-6 * fabs(b));
        scale_ticks(&s, 7, &l);
        if (l.n < 2 || l.n > 9)
            fail_msg("%zu ticks from %g to %g", l.n, s.from, s.to);
        for (size_t k = 0; k < l.n; k++) {
            double at = scale_at(&s, l.v[k].value);
            assert_true(at >= 10 && at <= 500);
            assert_true(k == 0 || at > scale_at(&s, l.v[k - 1].value));
        }
        ticks_fini(&l);
    }
}

/* Two ticks with the same label would be a lie. */
static void labels_of_an_axis_differ(void **state)
{
    (void)state;
    struct stats_random random = {9};
    for (int i = 0; i < 20000; i++) {
        double a = pow(10, (double)stats_random_below(&random, 24) - 12);
        double b = a * (1 + (double)stats_random_below(&random, 100000) / 100);
        struct scale s = {0};
        struct ticks l = {0};
        scale_span_nice(&s, i % 2, a, b);
        scale_ticks(&s, 7, &l);
        for (size_t k = 1; k < l.n; k++)
            if (str_eq(l.v[k].label, l.v[k - 1].label))
                fail_msg("%s twice from %g to %g", l.v[k].label, s.from, s.to);
        ticks_fini(&l);
    }
}

static void places_are_in_proportion(void **state)
{
    (void)state;
    struct scale lin = {false, 0, 4, 100, 0}, log = {true, 1, 100, 0, 60};
    assert_true(scale_at(&lin, 0) == 100);
    assert_true(scale_at(&lin, 1) == 75);
    assert_true(scale_at(&lin, 4) == 0);
    assert_true(fabs(scale_at(&log, 10) - 30) < 1e-9);
    assert_true(scale_at(&log, 100) == 60);
}

static void what_is_outside_stays_at_the_edge(void **state)
{
    (void)state;
    struct scale lin = {false, 0, 4, 100, 0}, log = {true, 1, 100, 0, 60};
    assert_true(scale_at(&lin, -1) == 100);
    assert_true(scale_at(&lin, 5) == 0);
    assert_true(scale_at(&lin, INFINITY) == 0);
    assert_true(scale_at(&lin, NAN) == 100);
    assert_true(scale_at(&log, 0) == 0);
    assert_true(scale_at(&log, -1) == 0);
    assert_true(scale_at(&log, 1e9) == 60);
}

static void axis_shows_only_what_has_a_place(void **state)
{
    (void)state;
    assert_true(scale_shows(false, -3) && scale_shows(false, 0));
    assert_true(scale_shows(true, 1e-9));
    assert_false(scale_shows(true, 0) || scale_shows(true, -1));
    assert_false(scale_shows(false, NAN) || scale_shows(true, NAN));
    assert_false(scale_shows(false, INFINITY) || scale_shows(true, INFINITY));
    assert_false(scale_shows(false, 1e300) || scale_shows(true, 1e-300));
}

static void equal_figures_get_a_span_around_them(void **state)
{
    (void)state;
    struct scale s = {0};
    scale_span(&s, false, 2, 2);
    assert_true(s.from < 2 && s.to > 2);
    scale_span(&s, true, 2, 2);
    assert_true(0 < s.from && s.from < 2 && s.to > 2);
    scale_span(&s, false, 1e15, 1e15 + 1);
    assert_true(s.to - s.from > 1e8);
}

static void wanted_ticks_are_those_on_the_axis(void **state)
{
    (void)state;
    static const double at[] = {-1, 0.5, 1, 5, 40, 160, 161, NAN};
    struct scale s = {true, 1, 160, 0, 1};
    struct ticks l = {0};
    scale_ticks_at(&s, at, sizeof at / sizeof *at, &l);
    char *text = labels(&l);
    assert_string_equal(text, "1 5 40 160");
    free(text);
    ticks_fini(&l);
}

static void is_written(char *owned, const char *expected)
{
    assert_string_equal(owned, expected);
    free(owned);
}

static void figures_have_three_significant_digits(void **state)
{
    (void)state;
    is_written(scale_figure(0), "0");
    is_written(scale_figure(1.975), "1.98");
    is_written(scale_figure(0.5), "0.500");
    is_written(scale_figure(-0.0123456), "-0.0123");
    is_written(scale_figure(12.34), "12.3");
    is_written(scale_figure(1234.4), "1234");
    is_written(scale_figure(4e9), "4.00\xC3\x97"
                                  "10\xE2\x81\xB9");
    is_written(scale_figure(2.5e-7), "2.50\xC3\x97"
                                     "10\xE2\x81\xBB\xE2\x81\xB7");
    is_written(scale_whole(160), "160");
    is_written(scale_whole(1e9), "1000000000");
    is_written(scale_whole(2.5), "2.50");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_ticks_are_round_and_begin_at_zero),
        cmocka_unit_test(logarithmic_ticks_are_powers_of_ten),
        cmocka_unit_test(short_logarithmic_axes_have_ticks_between),
        cmocka_unit_test(every_span_has_some_ticks),
        cmocka_unit_test(labels_of_an_axis_differ),
        cmocka_unit_test(places_are_in_proportion),
        cmocka_unit_test(what_is_outside_stays_at_the_edge),
        cmocka_unit_test(axis_shows_only_what_has_a_place),
        cmocka_unit_test(equal_figures_get_a_span_around_them),
        cmocka_unit_test(wanted_ticks_are_those_on_the_axis),
        cmocka_unit_test(figures_have_three_significant_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
