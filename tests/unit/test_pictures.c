/* The pictures of a measurement made by hand.
 * SPDX-License-Identifier: MIT */
#include "bench/pictures.h"

#include "bench/lines.h"
#include "bench/mark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "drawn.h"
#include "scratch.h"

static void add_work(struct bench_report *r, const char *name, uint64_t size)
{
    struct bench_work w = {.name = str_dup(name), .size = size};
    vec_push(&r->works, w);
}

/* Five samples around so many seconds; none for 0. The first row of a work is
 * the base of those that follow. */
static struct bench_row *add_row(struct bench_report *r, const char *variant,
                                 const char *compiler, int threads,
                                 double seconds)
{
    size_t work = r->works.n - 1, base = r->rows.n;
    while (base > 0 && r->rows.v[base - 1].work == work)
        base--;
    struct bench_row row = {.work = work,
                            .variant = str_dup(variant),
                            .model = MODEL_PTHREAD,
                            .threaded = threads > 0,
                            .compiler = str_dup(compiler),
                            .threads = threads ? threads : 1,
                            .base = base};
    for (int i = 0; i < 5 && seconds > 0; i++)
        vec_push(&row.seconds, seconds * (0.98 + 0.01 * i));
    vec_push(&r->rows, row);
    return &r->rows.v[r->rows.n - 1];
}

static struct bench_report make(enum bench_group group, const char *kernel)
{
    struct bench_report r = {.kernel = str_dup(kernel),
                             .group = group,
                             .base = str_dup("serial"),
                             .host = {.cpu = str_dup("Test CPU"),
                                      .cores = 2,
                                      .kernel = str_dup("Linux 1 x")},
                             .rounds = 5,
                             .seed = 3};
    static const char *const commands[] = {"gcc", "clang-19"};
    for (int i = 0; i < 2; i++) {
        struct compiler c = {.command = str_dup(commands[i]),
                             .version = str_fmt("%s 1.2.3", commands[i])};
        vec_push(&r.compilers, c);
    }
    return r;
}

/* One range of two compilers, and a sweep of three sizes by gcc. */
static struct bench_report make_cpu(void)
{
    struct bench_report r = make(BENCH_GROUP_CPU, "speedup/sum-of-squares");
    add_work(&r, "range", 0);
    add_row(&r, "serial", "gcc", 0, 0.4);
    add_row(&r, "closed-form", "gcc", 0, 1e-8);
    add_row(&r, "pool", "gcc", 1, 0.4);
    add_row(&r, "pool", "gcc", 2, 0.2);
    add_row(&r, "pool", "clang-19", 1, 0.5);
    add_row(&r, "pool", "clang-19", 2, 0.25);
    add_row(&r, "openmp", "gcc", 1, 0.4);
    add_row(&r, "openmp", "gcc", 2, 0); /* never run */
    for (uint64_t size = 1000; size <= 100000; size *= 10) {
        add_work(&r, BENCH_SWEEP, size);
        add_row(&r, "serial", "gcc", 0, 1e-9 * (double)size);
        add_row(&r, "closed-form", "gcc", 0, 5e-9);
        add_row(&r, "pool", "gcc", 1, 1e-9 * (double)size);
        add_row(&r, "pool", "gcc", 2, 1e-6 + 0.5e-9 * (double)size);
    }
    bench_summarise(&r);
    return r;
}

static struct bench_report make_io(void)
{
    struct bench_report r = make(BENCH_GROUP_IO, "speedup/download");
    add_work(&r, "pages", 0);
    strv_add(&r.works.v[0].paths, "/10394");
    strv_add(&r.works.v[0].paths, "/277");
    r.works.v[0].requests = 160;
    add_row(&r, "serial", "gcc", 0, 16.4);
    add_row(&r, "threads", "gcc", 5, 3.3);
    add_row(&r, "threads", "gcc", 40, 0.41);
    bench_summarise(&r);
    return r;
}

static struct bench_report make_overhead(void)
{
    struct bench_report r = make(BENCH_GROUP_OVERHEAD, "speedup/overhead");
    add_work(&r, "fork-join", 0);
    add_row(&r, "pool", "gcc", 1, 1e-8);
    add_row(&r, "pool", "gcc", 2, 1.2e-6);
    add_row(&r, "openmp", "gcc", 2, 2.4e-6)->runtime = "libgomp";
    add_row(&r, "openmp", "clang-19", 2, 3.6e-6)->runtime = "libomp";
    add_work(&r, "critical", 0);
    add_row(&r, "openmp", "gcc", 2, 2.4e-7)->runtime = "libgomp";
    add_work(&r, "never measured", 0);
    bench_summarise(&r);
    return r;
}

static FILE *file_open(void)
{
    FILE *f = tmpfile();
    assert_non_null(f);
    return f;
}

/* Also what holds of every picture. */
static struct drawn file_read(FILE *f)
{
    char *text = drawn_text(f);
    struct drawn d = drawn_read(text);
    drawn_is_tidy(&d);
    free(text);
    return d;
}

static void describes(const struct drawn *d, const char *text)
{
    if (!strstr(buf_str(&d->desc), text))
        fail_msg("no '%s' in: %s", text, buf_str(&d->desc));
}

static void describes_no(const struct drawn *d, const char *text)
{
    if (strstr(buf_str(&d->desc), text))
        fail_msg("'%s' in: %s", text, buf_str(&d->desc));
}

static void speedup_is_that_of_threads_beside_the_ideal(void **state)
{
    (void)state;
    struct bench_report r = make_cpu();
    FILE *f = file_open();
    assert_int_equal(picture_speedup(&r, 0, f), ERR_OK);
    struct drawn d = file_read(f);
    assert_string_equal(buf_str(&d.title),
                        "Speed-up by threads: sum-of-squares, range");
    assert_true(drawn_says(&d, "Speed-up over serial by the same compiler"));
    describes(&d, "ideal: 1: 1.00, 2: 2.00.");
    describes(&d, "pool, gcc: 1: 1.00");
    describes(&d, "2: 2.00 (");
    describes(&d, "pool, clang-19: 1: ");
    describes(&d, "openmp, gcc: 1: 1.00");
    describes_no(&d, "serial, ");
    describes_no(&d, "closed-form");
    assert_int_equal(d.told.n, 5);
    drawn_fini(&d);
    bench_report_fini(&r);
}

/* In black and white, also without lines. */
static void two_dozen_variants_look_different(void **state)
{
    (void)state;
    struct bench_report r = make(BENCH_GROUP_CPU, "k");
    struct lines l = {0};
    bool seen[MARK_SHAPES][2] = {{false}};
    add_work(&r, "range", 0);
    for (int i = 0; i < 2 * MARK_SHAPES; i++) {
        char *name = str_fmt("v%d", i);
        add_row(&r, name, "gcc", 2, 1);
        free(name);
    }
    for (size_t i = 0; i < r.rows.n; i++)
        lines_add(&l, &r.rows.v[i], (struct chart_point){2, 1, 0, 0});
    lines_finish(&l);
    assert_int_equal(l.series.n, 2 * MARK_SHAPES);
    for (size_t i = 0; i < l.series.n; i++) {
        bool *look =
            &seen[l.series.v[i].mark % MARK_SHAPES][l.series.v[i].hollow];
        assert_false(*look);
        *look = true;
    }
    lines_fini(&l);
    bench_report_fini(&r);
}

static void many_threads_are_on_logarithmic_axes(void **state)
{
    (void)state;
    struct bench_report r = make_cpu();
    r.works.n = 1;
    for (size_t i = 8; i < r.rows.n; i++) {
        free(r.rows.v[i].variant);
        free(r.rows.v[i].compiler);
        vec_fini(&r.rows.v[i].seconds);
    }
    r.rows.n = 8;
    for (int n = 4; n <= 64; n *= 2)
        add_row(&r, "pool", "gcc", n, 0.4 / n);
    bench_summarise(&r);
    FILE *f = file_open();
    assert_int_equal(picture_speedup(&r, 0, f), ERR_OK);
    struct drawn d = file_read(f);
    describes(&d, "Across: Threads, logarithmic.");
    describes(&d, "64: 64.0");
    assert_true(drawn_says(&d, "64"));
    drawn_fini(&d);
    r.works.n = 4;
    bench_report_fini(&r);
}

static void sizes_are_in_time_per_element(void **state)
{
    (void)state;
    struct bench_report r = make_cpu();
    FILE *f = file_open();
    assert_int_equal(picture_sizes(&r, "gcc", f), ERR_OK);
    struct drawn d = file_read(f);
    assert_string_equal(
        buf_str(&d.title),
        "Time per element by size: sum-of-squares, 2 threads, gcc");
    assert_true(drawn_says(&d, "Time per element (ns)"));
    describes(&d, "serial: 1000: 1.00 ns (");
    describes(&d, "100000: 1.00 ns (");
    describes(&d, "pool: 1000: 1.50 ns (");
    describes_no(&d, "range");
    drawn_fini(&d);
    bench_report_fini(&r);
}

/* It is 0.005 ns at 1000 elements, and 0.5 ns is the best of the others. */
static void what_is_far_below_is_told_and_not_shown(void **state)
{
    (void)state;
    struct bench_report r = make_cpu();
    FILE *f = file_open();
    assert_int_equal(picture_sizes(&r, "gcc", f), ERR_OK);
    struct drawn d = file_read(f);
    describes_no(&d, "closed-form: 1000");
    bool told = false;
    for (size_t i = 0; i < d.texts.n; i++)
        if (strstr(d.texts.v[i].text, "Far below, not shown: closed-form"))
            told = true;
    assert_true(told);
    drawn_fini(&d);
    bench_report_fini(&r);
}

static void overhead_is_of_each_construct_by_the_most_threads(void **state)
{
    (void)state;
    struct bench_report r = make_overhead();
    FILE *f = file_open();
    assert_int_equal(picture_overhead(&r, f), ERR_OK);
    struct drawn d = file_read(f);
    assert_string_equal(buf_str(&d.title),
                        "Overhead by construct: overhead, 2 threads");
    describes(&d, "fork-join: pool, gcc 1.20 \xC2\xB5s (");
    describes(&d, "openmp, libgomp 2.40 \xC2\xB5s");
    describes(&d, "openmp, libomp 3.60 \xC2\xB5s");
    describes(&d, "critical: openmp, libgomp 0.240 \xC2\xB5s");
    assert_false(drawn_says(&d, "never measured"));
    assert_int_equal(drawn_count(&d.classes, "bar"), 4);
    drawn_fini(&d);
    bench_report_fini(&r);
}

static void downloads_stand_above_what_the_latency_allows_for(void **state)
{
    (void)state;
    static const struct server_entry server = {.latency_ms = 100};
    struct bench_report r = make_io();
    FILE *f = file_open();
    r.server = &server;
    assert_int_equal(picture_download(&r, 0, f), ERR_OK);
    struct drawn d = file_read(f);
    assert_true(drawn_says(&d, "Time of all 160 downloads (s)"));
    describes(&d, "rounded up, \xC3\x97 100 ms: 1: 16.0 s, 5: 3.20 s, "
                  "40: 0.400 s.");
    describes(&d, "serial: 1: 16.4 s (");
    describes(&d, "threads: 5: 3.30 s (");
    drawn_fini(&d);
    bench_report_fini(&r);
}

static void without_a_latency_there_is_no_bound(void **state)
{
    (void)state;
    struct bench_report r = make_io();
    FILE *f = file_open();
    assert_int_equal(picture_download(&r, 0, f), ERR_OK);
    struct drawn d = file_read(f);
    describes_no(&d, "least possible");
    drawn_fini(&d);
    bench_report_fini(&r);
}

static void footnote_tells_the_computer_and_the_doubts(void **state)
{
    (void)state;
    struct bench_report r = make_overhead();
    strv_add(&r.warnings, "it was noisy");
    strv_add(&r.warnings, "it was hot");
    strv_add(&r.warnings, "it was late");
    FILE *f = file_open();
    assert_int_equal(picture_overhead(&r, f), ERR_OK);
    struct drawn d = file_read(f);
    struct buf note = {0};
    for (size_t i = 0; i < d.texts.n; i++)
        if (str_eq(d.texts.v[i].classes, "note"))
            buf_addf(&note, "%s ", d.texts.v[i].text);
    assert_string_equal(
        buf_str(&note),
        "Test CPU, 2 cores, Linux 1 x; gcc 1.2.3; clang-19 1.2.3. Medians of 5 "
        "runs, 95 % intervals. To be doubted: it was noisy (and 2 more "
        "reasons). ");
    buf_fini(&note);
    drawn_fini(&d);
    bench_report_fini(&r);
}

static void report_without_samples_gives_no_picture(void **state)
{
    (void)state;
    struct bench_report r = make(BENCH_GROUP_CPU, "k");
    add_work(&r, "range", 0);
    add_row(&r, "pool", "gcc", 2, 0);
    bench_summarise(&r);
    FILE *f = file_open();
    assert_int_equal(picture_speedup(&r, 0, f), ERR_INVALID);
    assert_int_equal(picture_sizes(&r, "gcc", f), ERR_INVALID);
    assert_int_equal(picture_overhead(&r, f), ERR_INVALID);
    assert_int_equal(picture_download(&r, 0, f), ERR_INVALID);
    char *text = drawn_text(f);
    assert_string_equal(text, "");
    free(text);
    bench_report_fini(&r);
}

static void files_are_those_that_there_are_figures_for(void **state)
{
    struct bench_report r = make_cpu();
    struct strv paths = {0}, names = {0};
    struct diag d = {0};
    assert_int_equal(pictures_write(&r, *state, &paths, &d), ERR_OK);
    assert_int_equal(fs_list(*state, &names), ERR_OK);
    assert_int_equal(names.n, 2);
    assert_int_equal(paths.n, 2);
    assert_string_equal(names.v[0], "speedup_sum-of-squares-sizes-gcc.svg");
    assert_string_equal(names.v[1],
                        "speedup_sum-of-squares-speed-up-range.svg");
    for (size_t i = 0; i < paths.n; i++) {
        struct buf text = {0};
        assert_int_equal(fs_read(paths.v[i], &text), ERR_OK);
        struct drawn picture = drawn_read(buf_str(&text));
        drawn_fini(&picture);
        buf_fini(&text);
    }
    strv_fini(&paths);
    strv_fini(&names);
    bench_report_fini(&r);
}

static void names_of_files_are_safe(void **state)
{
    struct bench_report r = make_io();
    struct strv paths = {0};
    struct diag d = {0};
    free(r.works.v[0].name);
    r.works.v[0].name = str_dup("../../a b\n;rm");
    assert_int_equal(pictures_write(&r, *state, &paths, &d), ERR_OK);
    assert_int_equal(paths.n, 1);
    assert_string_equal(str_basename(paths.v[0]),
                        "speedup_download-time-.._.._a_b__rm.svg");
    strv_fini(&paths);
    bench_report_fini(&r);
}

static void folder_that_is_none_is_told(void **state)
{
    struct bench_report r = make_overhead();
    struct strv paths = {0};
    struct diag d = {0};
    char *dir = fs_join(*state, "not there");
    assert_int_equal(pictures_write(&r, dir, &paths, &d), ERR_NOENT);
    assert_int_equal(paths.n, 0);
    assert_true(scratch_said(&d, "overhead-overhead.svg cannot be written"));
    free(dir);
    diag_fini(&d);
    bench_report_fini(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speedup_is_that_of_threads_beside_the_ideal),
        cmocka_unit_test(two_dozen_variants_look_different),
        cmocka_unit_test(many_threads_are_on_logarithmic_axes),
        cmocka_unit_test(sizes_are_in_time_per_element),
        cmocka_unit_test(what_is_far_below_is_told_and_not_shown),
        cmocka_unit_test(overhead_is_of_each_construct_by_the_most_threads),
        cmocka_unit_test(downloads_stand_above_what_the_latency_allows_for),
        cmocka_unit_test(without_a_latency_there_is_no_bound),
        cmocka_unit_test(footnote_tells_the_computer_and_the_doubts),
        cmocka_unit_test(report_without_samples_gives_no_picture),
        SCRATCH_TEST(files_are_those_that_there_are_figures_for),
        SCRATCH_TEST(names_of_files_are_safe),
        SCRATCH_TEST(folder_that_is_none_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
