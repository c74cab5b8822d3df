/* Charts of points and of bars: what is drawn, that it is well-formed, tidy,
 * and readable without colour.
 *
 * The golden pictures are tests/golden/charts; with LOCKSTEP_GOLDEN=write in
 * the environment they are written anew, to be looked at in a browser.
 * SPDX-License-Identifier: MIT */
#include "bench/chart.h"

#include "bench/mark.h"
#include "os/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "drawn.h"

#define LENGTH(a) (sizeof(a) / sizeof *(a))

/* A name as nobody would give it: markup, no UTF-8, a terminal's colours, the
 * end of everything, and far too long. */
#define HOSTILE                                                                \
    "</text><script>alert('x')</script>&\"]]>\xff\xC0\xBC\x1b[31m "            \
    "\xE2\x80\xAE"                                                             \
    "ltr %s%n and on and on and on and on and on and on and on"

static const struct chart_point one[] = {{1, 1, 0.98, 1.03}, {2, 2, 1.9, 2.05}};
static const struct chart_point two[] = {{1, 1, 0, 0}, {2, 1.5, 1.4, 1.7}};
static const struct chart_point ideal[] = {{1, 1, 0, 0}, {2, 2, 0, 0}};
static const struct chart_series pair[] = {
    {"pool, gcc", 0, false, one, 2},
    {"pool, clang-19", 0, true, two, 2},
};
static const struct chart_reference line = {"ideal", ideal, 2};
static const double threads[] = {1, 2};

static struct chart small(void)
{
    return (struct chart){
        .title = "Speed-up by threads",
        .x = {.label = "Threads", .ticks = threads, .n_ticks = 2},
        .y = {.label = "Speed-up"},
        .series = pair,
        .n_series = 2,
        .references = &line,
        .n_references = 1,
        .beside = true,
        .footnote = "A made computer."};
}

static const struct bar some_bars[] = {{"pool", 0, 1.25, 1.2, 1.4},
                                       {"libgomp", 1, 2.5, 2.4, 2.6}};
static const struct bar more_bars[] = {{"pool", 0, -0.25, -0.5, 0.125}};
static const struct bar_group two_groups[] = {{"fork-join", some_bars, 2},
                                              {"critical", more_bars, 1}};

static struct bar_chart small_bars(void)
{
    return (struct bar_chart){
        .title = "Overhead by construct",
        .axis = {.label = "Overhead", .unit = "\xC2\xB5s"},
        .groups = two_groups,
        .n = 2,
        .footnote = "A made computer."};
}

static void equals_golden(const char *name, char *svg)
{
    char *path = str_fmt("%s/charts/%s", GOLDEN_DIR, name);
    const char *wish = getenv("LOCKSTEP_GOLDEN");
    struct buf golden = {0};
    if (str_eq(wish, "write"))
        assert_int_equal(fs_write(path, svg, strlen(svg)), ERR_OK);
    assert_int_equal(fs_read(path, &golden), ERR_OK);
    assert_string_equal(svg, buf_str(&golden));
    buf_fini(&golden);
    free(path);
    free(svg);
}

static void pictures_are_the_golden_ones(void **state)
{
    (void)state;
    struct chart c = small();
    struct bar_chart b = small_bars();
    equals_golden("points.svg", drawn_chart(&c, ERR_OK));
    equals_golden("bars.svg", drawn_bars(&b, ERR_OK));
}

static struct drawn read_chart(const struct chart *c)
{
    char *svg = drawn_chart(c, ERR_OK);
    struct drawn d = drawn_read(svg);
    free(svg);
    return d;
}

static struct drawn read_bars(const struct bar_chart *c)
{
    char *svg = drawn_bars(c, ERR_OK);
    struct drawn d = drawn_read(svg);
    free(svg);
    return d;
}

static void chart_says_what_its_axes_and_lines_are(void **state)
{
    (void)state;
    static const char *const said[] = {"Speed-up by threads",
                                       "Threads",
                                       "Speed-up",
                                       "1",
                                       "2",
                                       "pool, gcc",
                                       "ideal",
                                       "pool, clang-19",
                                       "A made computer."};
    struct chart c = small();
    struct drawn d = read_chart(&c);
    for (size_t i = 0; i < LENGTH(said); i++)
        if (!drawn_says(&d, said[i]))
            fail_msg("no '%s'", said[i]);
    assert_string_equal(buf_str(&d.title), "Speed-up by threads");
    drawn_is_tidy(&d);
    drawn_fini(&d);
}

static void units_stand_beside_the_names_of_axes(void **state)
{
    (void)state;
    struct chart c = small();
    struct bar_chart b = small_bars();
    c.y.unit = "ns";
    struct drawn d = read_chart(&c), e = read_bars(&b);
    assert_true(drawn_says(&d, "Speed-up (ns)"));
    assert_true(drawn_says(&e, "Overhead (\xC2\xB5s)"));
    drawn_fini(&d);
    drawn_fini(&e);
}

static void description_has_every_figure(void **state)
{
    (void)state;
    struct chart c = small();
    struct bar_chart b = small_bars();
    struct drawn d = read_chart(&c), e = read_bars(&b);
    assert_string_equal(
        buf_str(&d.desc),
        "Across: Threads. Upwards: Speed-up. ideal: 1: 1.00, 2: 2.00. "
        "pool, gcc: 1: 1.00 (0.980 to 1.03), 2: 2.00 (1.90 to 2.05). "
        "pool, clang-19: 1: 1.00, 2: 1.50 (1.40 to 1.70).");
    assert_non_null(strstr(
        buf_str(&e.desc), "critical: pool -0.250 \xC2\xB5s (-0.500 to 0.125)"));
    drawn_fini(&d);
    drawn_fini(&e);
}

static void every_point_tells_its_figures(void **state)
{
    (void)state;
    struct chart c = small();
    struct drawn d = read_chart(&c);
    assert_int_equal(d.told.n, 4);
    assert_string_equal(d.told.v[1],
                        "pool, gcc: Threads 2, Speed-up 2.00 (1.90 to 2.05)");
    drawn_fini(&d);
}

static void intervals_are_drawn_where_there_are_any(void **state)
{
    (void)state;
    struct chart c = small();
    struct bar_chart b = small_bars();
    struct drawn d = read_chart(&c), e = read_bars(&b);
    assert_int_equal(drawn_count(&d.classes, "range"), 3);
    assert_int_equal(drawn_count(&e.classes, "over"), 3);
    drawn_fini(&d);
    drawn_fini(&e);
}

/* Equal points of several series stand beside each other, at one height; those
 * of a chart that does not want it, over each other. Circles of the legend come
 * last. */
static void equal_points_can_be_told_apart(void **state)
{
    (void)state;
    struct chart c = small();
    struct drawn d = read_chart(&c);
    assert_true(d.circles.v[2].x - d.circles.v[0].x > 2 * MARK_RADIUS);
    assert_true(d.circles.v[2].y == d.circles.v[0].y);
    drawn_fini(&d);
    c.beside = false;
    d = read_chart(&c);
    assert_true(d.circles.v[2].x == d.circles.v[0].x);
    assert_true(d.circles.v[2].y == d.circles.v[0].y);
    drawn_fini(&d);
}

static void marks_differ_without_colour(void **state)
{
    (void)state;
    char *drawn[2 * MARK_SHAPES];
    for (unsigned i = 0; i < LENGTH(drawn); i++) {
        struct buf b = {0};
        mark_draw(&b, i / 2, i % 2, 0, 0, NULL);
        drawn[i] = buf_take(&b);
        for (unsigned k = 0; k < i; k++)
            assert_string_not_equal(drawn[k], drawn[i]);
    }
    for (unsigned i = 0; i < LENGTH(drawn); i++)
        free(drawn[i]);
}

static double channel(const char *hex)
{
    char text[3] = {hex[0], hex[1], 0};
    double c = (double)strtoul(text, NULL, 16) / 255;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* WCAG 2.2, relative luminance. */
static double luminance(const char *rrggbb)
{
    return 0.2126 * channel(rrggbb) + 0.7152 * channel(rrggbb + 2) +
           0.0722 * channel(rrggbb + 4);
}

static double contrast(double a, double b)
{
    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

/* Of text and of each series, on the ground of light and of dark. */
static void colours_have_contrast_in_light_and_dark(void **state)
{
    (void)state;
    struct chart c = small();
    char *svg = drawn_chart(&c, ERR_OK);
    const char *dark = strstr(svg, "@media (prefers-color-scheme:dark)");
    assert_non_null(dark);
    size_t seen = 0;
    for (const char *p = svg; (p = strstr(p, "{color:#")); seen++) {
        p += strlen("{color:#");
        double ground = luminance(p < dark ? "ffffff" : "16191d");
        if (contrast(luminance(p), ground) < 4.5)
            fail_msg("%.7s: %.2f", p - 1, contrast(luminance(p), ground));
    }
    assert_int_equal(seen, 2 * (PAGE_COLORS + 1));
    assert_non_null(strstr(dark, ".ground{fill:#16191d}"));
    free(svg);
}

static void nothing_is_fetched_or_run(void **state)
{
    (void)state;
    static const char *const never[] = {"<script", "href",  "url(",
                                        "@import", "@font", "<image"};
    struct chart c = small();
    char *svg = drawn_chart(&c, ERR_OK);
    for (size_t i = 0; i < LENGTH(never); i++)
        assert_null(strstr(svg, never[i]));
    char *http = strstr(svg, "http");
    assert_true(str_starts(http, "http://www.w3.org/2000/svg\""));
    assert_null(strstr(http + 1, "http"));
    free(svg);
}

static void hostile_names_stay_text(void **state)
{
    (void)state;
    static const struct chart_series bad[] = {{HOSTILE, 3, false, one, 2},
                                              {"", 4, false, two, 2}};
    static const struct chart_reference worse = {HOSTILE, ideal, 2};
    struct chart c = {.title = HOSTILE,
                      .x = {.label = HOSTILE, .unit = HOSTILE},
                      .y = {.label = HOSTILE, .unit = HOSTILE},
                      .series = bad,
                      .n_series = 2,
                      .references = &worse,
                      .n_references = 1,
                      .footnote = HOSTILE};
    struct drawn d = read_chart(&c);
    assert_int_equal(drawn_count(&d.elements, "script"), 0);
    assert_true(str_starts(buf_str(&d.title), "</text><script>"));
    drawn_is_tidy(&d);
    drawn_fini(&d);
}

static void hostile_names_of_bars_stay_text(void **state)
{
    (void)state;
    static const struct bar bad[] = {{HOSTILE, 9, 1, 0.5, 2}, {"", 1, 2, 3, 1}};
    static const struct bar_group groups[] = {{HOSTILE, bad, 2}, {"", bad, 1}};
    struct bar_chart c = {.title = HOSTILE,
                          .axis = {.label = HOSTILE, .unit = HOSTILE},
                          .groups = groups,
                          .n = 2,
                          .footnote = HOSTILE};
    struct drawn d = read_bars(&c);
    assert_int_equal(drawn_count(&d.elements, "script"), 0);
    drawn_is_tidy(&d);
    drawn_fini(&d);
}

/* drawn_read refuses coordinates like nan. */
static void figures_that_are_none_are_left_out(void **state)
{
    (void)state;
    static const struct chart_point odd[] = {
        {NAN, 1, 0, 0},       {1, NAN, 0, 2},       {1, INFINITY, 0, 2},
        {-INFINITY, 2, 1, 3}, {1, 1e200, 0, 1e300}, {2, 3, NAN, INFINITY},
        {3, 4, 3, INFINITY},  {4, 5, -INFINITY, 6}};
    static const struct chart_series s = {"odd", 0, false, odd, LENGTH(odd)};
    static const struct chart_reference r = {"odd", odd, LENGTH(odd)};
    struct chart c = {.title = "t",
                      .x = {.label = "x"},
                      .y = {.label = "y"},
                      .series = &s,
                      .n_series = 1,
                      .references = &r,
                      .n_references = 1,
                      .beside = true};
    struct drawn d = read_chart(&c);
    assert_int_equal(d.told.n, 3);
    assert_int_equal(drawn_count(&d.classes, "range"), 0);
    drawn_fini(&d);
}

static void nothing_is_shown_below_zero_of_a_logarithmic_axis(void **state)
{
    (void)state;
    static const struct chart_point odd[] = {
        {0, 1, 0, 0}, {10, -1, 0, 0}, {10, 0, 0, 0}, {100, 5, -2, 6}};
    static const struct chart_series s = {"odd", 0, false, odd, LENGTH(odd)};
    struct chart c = {.title = "t",
                      .x = {.label = "x", .log = true},
                      .y = {.label = "y", .log = true},
                      .series = &s,
                      .n_series = 1};
    struct drawn d = read_chart(&c);
    assert_int_equal(d.told.n, 1);
    assert_int_equal(drawn_count(&d.classes, "range"), 1);
    drawn_is_tidy(&d);
    drawn_fini(&d);
}

static void without_a_point_nothing_is_written(void **state)
{
    (void)state;
    static const struct chart_point odd[] = {{1, NAN, 0, 0}};
    static const struct chart_series s = {"odd", 0, false, odd, 1};
    static const struct bar none = {"none", 0, INFINITY, 0, 0};
    static const struct bar_group g = {"none", &none, 1};
    struct chart c = small();
    struct bar_chart b = small_bars();
    c.series = &s;
    c.n_series = 1;
    b.groups = &g;
    b.n = 1;
    char *chart = drawn_chart(&c, ERR_INVALID);
    char *bars = drawn_bars(&b, ERR_INVALID);
    assert_string_equal(chart, "");
    assert_string_equal(bars, "");
    free(chart);
    free(bars);
}

static void full_disk_is_told(void **state)
{
    (void)state;
    struct chart c = small();
    struct bar_chart b = small_bars();
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    assert_int_equal(chart_write(&c, full), ERR_NOSPACE);
    fclose(full);
    full = fopen("/dev/full", "w");
    assert_int_equal(bar_chart_write(&b, full), ERR_NOSPACE);
    fclose(full);
}

/* Sixteen series on two threads, and on 64. */
static void crowded_chart_is_tidy(void **state)
{
    (void)state;
    static const double counts[] = {1, 2, 4, 8, 16, 32, 64};
    struct chart_point points[LENGTH(counts)];
    struct chart_series series[16];
    char names[16][40];
    for (size_t i = 0; i < LENGTH(counts); i++)
        points[i] = (struct chart_point){counts[i], counts[i], counts[i] * 0.97,
                                         counts[i] * 1.01};
    for (unsigned i = 0; i < 16; i++) {
        snprintf(names[i], sizeof names[i], "variant-number-%u, clang-19", i);
        series[i] = (struct chart_series){names[i], i / 2, i % 2, points, 2};
    }
    struct chart c = small();
    c.series = series;
    c.n_series = 16;
    struct drawn d = read_chart(&c);
    drawn_is_tidy(&d);
    drawn_fini(&d);
    for (unsigned i = 0; i < 16; i++)
        series[i].n = LENGTH(counts);
    c.x.ticks = counts;
    c.x.n_ticks = LENGTH(counts);
    for (int log = 0; log < 2; log++) {
        c.x.log = c.y.log = log;
        d = read_chart(&c);
        drawn_is_tidy(&d);
        assert_int_equal(d.told.n, 16 * LENGTH(counts));
        drawn_fini(&d);
    }
}

static void single_point_is_a_chart(void **state)
{
    (void)state;
    static const struct chart_point p = {5, 0.5, 0, 0};
    static const struct chart_series s = {"one", 1, false, &p, 1};
    struct chart c = {.title = "t",
                      .x = {.label = "x"},
                      .y = {.label = "y"},
                      .series = &s,
                      .n_series = 1};
    for (int i = 0; i < 8; i++) {
        c.x.log = i & 1;
        c.y.log = i & 2;
        c.beside = i & 4;
        struct drawn d = read_chart(&c);
        assert_int_equal(d.told.n, 1);
        drawn_is_tidy(&d);
        drawn_fini(&d);
    }
}

static void bars_have_their_names_and_figures_beside_them(void **state)
{
    (void)state;
    static const char *const said[] = {"fork-join",
                                       "critical",
                                       "pool",
                                       "libgomp",
                                       "1.25 (1.20 to 1.40)",
                                       "2.50 (2.40 to 2.60)",
                                       "-0.250 (-0.500 to 0.125)"};
    struct bar_chart b = small_bars();
    struct drawn d = read_bars(&b);
    for (size_t i = 0; i < LENGTH(said); i++)
        if (!drawn_says(&d, said[i]))
            fail_msg("no '%s'", said[i]);
    assert_int_equal(drawn_count(&d.classes, "bar"), 3);
    drawn_is_tidy(&d);
    drawn_fini(&d);
}

/* Where no length would be true, there are marks, and for what is not above
 * zero the figure only. */
static void logarithmic_bars_are_marks(void **state)
{
    (void)state;
    struct bar_chart b = small_bars();
    b.axis.log = true;
    struct drawn d = read_bars(&b);
    assert_int_equal(drawn_count(&d.classes, "bar"), 0);
    assert_int_equal(drawn_count(&d.classes, "mark"), 2);
    assert_int_equal(drawn_count(&d.classes, "over"), 2);
    assert_true(drawn_says(&d, "-0.250 (-0.500 to 0.125)"));
    drawn_is_tidy(&d);
    drawn_fini(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_are_the_golden_ones),
        cmocka_unit_test(chart_says_what_its_axes_and_lines_are),
        cmocka_unit_test(units_stand_beside_the_names_of_axes),
        cmocka_unit_test(description_has_every_figure),
        cmocka_unit_test(every_point_tells_its_figures),
        cmocka_unit_test(intervals_are_drawn_where_there_are_any),
        cmocka_unit_test(equal_points_can_be_told_apart),
        cmocka_unit_test(marks_differ_without_colour),
        cmocka_unit_test(colours_have_contrast_in_light_and_dark),
        cmocka_unit_test(nothing_is_fetched_or_run),
        cmocka_unit_test(hostile_names_stay_text),
        cmocka_unit_test(hostile_names_of_bars_stay_text),
        cmocka_unit_test(figures_that_are_none_are_left_out),
        cmocka_unit_test(nothing_is_shown_below_zero_of_a_logarithmic_axis),
        cmocka_unit_test(without_a_point_nothing_is_written),
        cmocka_unit_test(full_disk_is_told),
        cmocka_unit_test(crowded_chart_is_tidy),
        cmocka_unit_test(single_point_is_a_chart),
        cmocka_unit_test(bars_have_their_names_and_figures_beside_them),
        cmocka_unit_test(logarithmic_bars_are_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
