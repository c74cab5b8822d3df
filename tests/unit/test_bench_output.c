/* The tables, the JSON, the CSV and the Markdown of a measurement made by hand.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include "bench/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "made_bench.h"

static char *table(const struct bench_report *r, bool color)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    assert_non_null(f);
    assert_int_equal(bench_table(f, r, color, 80), ERR_OK);
    fclose(f);
    return text;
}

/* What the writer makes of one report, which it ends. */
static char *written(enum err (*write)(FILE *, const struct bench_reports *),
                     struct bench_report r)
{
    struct bench_reports l = {0};
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    assert_non_null(f);
    vec_push(&l, r);
    assert_int_equal(write(f, &l), ERR_OK);
    fclose(f);
    bench_reports_fini(&l);
    return text;
}

static void table_tells_all_of_a_measurement(void **state)
{
    (void)state;
    static const char expected[] =
        "toy: Test CPU, 2 cores, Linux 1 x\n"
        "gcc: gcc 12\n"
        "\n"
        "range 0 10: value 285 in every run\n"
        "VARIANT COMPILER THR RUNS   MEDIAN    +- TIMES   CI 95 %   EFF "
        "SERIAL\n"
        "serial  gcc        1    5 204.0 ms 2.0 %  1.00                 \n"
        "pthread gcc        2    5 102.0 ms 2.0 %  2.00 1.94-2.06 100 %  "
        "0.000\n"
        "openmp  gcc        2    0                                      \n"
        "\n"
        "5 rounds in 1.5 s: the time was up\n"
        "TIMES: as fast as serial by the same compiler; SERIAL: the serial "
        "fraction\n"
        "OpenMP: libgomp by gcc\n"
        "affinity: CPUs 0-1; bound to a core each: OpenMP's threads\n"
        "0 of 10 times are outliers, which medians disregard\n"
        "skipped: openmp by clang-19: no runtime\n"
        "warning: it was noisy\n";
    struct bench_report r = made_bench();
    char *text = table(&r, false);
    assert_string_equal(text, expected);
    free(text);
    bench_report_fini(&r);
}

static void sweep_is_one_table_by_size(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    made_sweep(&r);
    char *text = table(&r, false);
    static const char expected[] =
        "VARIANT COMPILER THR  100  1e3  1e4    EVEN\n"
        "serial  gcc        1 1020 1020 1020 \n"
        "pthread gcc        2 1530  612  520 100-1e3\n";
    if (!strstr(text, expected))
        fail_msg("another table:\n%s", text);
    free(text);
    bench_report_fini(&r);
}

/* Makes the sweep of two threads so many times as long. */
static void stretch_sweep(struct bench_report *r, double factor)
{
    for (size_t i = 0; i < r->rows.n; i++) {
        struct bench_row *row = &r->rows.v[i];
        for (size_t k = 0; row->sweeps && k < row->seconds.n; k++)
            row->seconds.v[k] *= factor;
    }
    bench_summarise(r);
}

/* What is not faster may be beyond the sizes measured; what is always faster
 * may be below them. */
static void break_even_may_be_out_of_range(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    made_sweep(&r);
    stretch_sweep(&r, 3);
    char *text = table(&r, false);
    assert_non_null(strstr(text, " >1e4\n"));
    free(text);
    stretch_sweep(&r, 0.01);
    text = table(&r, false);
    assert_non_null(strstr(text, " <=100\n"));
    free(text);
    bench_report_fini(&r);
}

static void failed_measurement_does_not_vouch_for_the_value(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    r.stop = BENCH_STOP_FAILED;
    char *text = table(&r, false);
    assert_non_null(strstr(text, "value 285 expected\n"));
    assert_non_null(strstr(text, "a run failed"));
    free(text);
    bench_report_fini(&r);
}

/* Rows as wide as they come stay within 80 columns. */
static void wide_rows_fit_80_columns(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    r.warnings.n = 0; /* these are lines of prose */
    r.skips.n = 0;
    made_row(&r, 0, "pthread-pool-of-workers", MODEL_OPENMP,
             "x86_64-linux-gnu-gcc", 128, 0.0123456);
    made_sweep(&r);
    uint64_t size = 100000;
    for (int i = 0; i < 4; i++, size *= 10) {
        size_t w = made_work(&r, BENCH_SWEEP, size, NULL);
        made_row(&r, w, "pthread", MODEL_PTHREAD, "gcc", 2, 1e-4);
    }
    bench_summarise(&r);
    char *text = table(&r, false);
    struct strv lines = {0};
    strv_split(&lines, text, '\n');
    for (size_t i = 0; i < lines.n; i++)
        if (strlen(lines.v[i]) > 80)
            fail_msg("too wide: %s", lines.v[i]);
    assert_non_null(strstr(text, "pthread-poo"));
    assert_non_null(strstr(text, "12.59 ms"));
    strv_fini(&lines);
    free(text);
    r.skips.n = 1;
    r.warnings.n = 1;
    bench_report_fini(&r);
}

static void color_is_only_there_when_wanted(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    char *plain = table(&r, false), *colored = table(&r, true);
    assert_null(strchr(plain, '\033'));
    assert_non_null(strstr(colored, "\033[32m"));
    free(plain);
    free(colored);
    bench_report_fini(&r);
}

static void durations_have_four_digits(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        const char *text;
    } examples[] = {{12.345, "12.35 s"},  {1, "1.000 s"},
                    {0.1234, "123.4 ms"}, {1.5e-3, "1.500 ms"},
                    {25e-6, "25.00 us"},  {125e-9, "125.0 ns"},
                    {0.5e-9, "0.500 ns"}};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char *text = sheet_duration(examples[i].seconds);
        assert_string_equal(text, examples[i].text);
        free(text);
    }
}

static void ratios_are_short(void **state)
{
    (void)state;
    static const struct {
        double ratio;
        const char *text;
    } examples[] = {{1.954, "1.95"}, {0.004, "0.00"},  {99.99, "99.99"},
                    {99.999, "100"}, {1234.4, "1234"}, {373597, "4e5"},
                    {9.7e5, "1e6"},  {752970, "8e5"}};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char *text = sheet_ratio(examples[i].ratio);
        assert_string_equal(text, examples[i].text);
        free(text);
    }
}

/* A better algorithm does not push the names of the others out of the table. */
static void huge_speedups_leave_room_for_the_names(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    made_row(&r, 0, "closed-form", MODEL_PTHREAD, "clang-19", 1, 3e-8);
    made_row(&r, 0, "openmp-dynamic", MODEL_OPENMP, "gcc", 16, 3e-8);
    stretch_sweep(&r, 1);
    char *text = table(&r, false);
    assert_non_null(strstr(text, "\nclosed-form "));
    assert_non_null(strstr(text, "\nopenmp-dynamic "));
    assert_non_null(strstr(text, " 7e6 "));
    free(text);
    bench_report_fini(&r);
}

static void sizes_are_short_where_they_can_be(void **state)
{
    (void)state;
    static const struct {
        uint64_t size;
        const char *text;
    } examples[] = {{1, "1"},
                    {100, "100"},
                    {1000, "1e3"},
                    {25000, "25e3"},
                    {1234, "1234"},
                    {1000000000, "1e9"},
                    {12340000, "12340000"}};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char *text = sheet_size(examples[i].size);
        assert_string_equal(text, examples[i].text);
        free(text);
    }
}

static double real_at(const json_t *o, const char *key)
{
    assert_true(json_is_real(json_object_get(o, key)));
    return json_real_value(json_object_get(o, key));
}

static const char *text_at(const json_t *o, const char *key)
{
    assert_true(json_is_string(json_object_get(o, key)));
    return json_string_value(json_object_get(o, key));
}

static void json_has_the_figures_and_every_sample(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    json_t *o = bench_json(&r);
    assert_string_equal(text_at(o, "kernel"), "toy");
    assert_string_equal(text_at(o, "group"), "cpu");
    assert_string_equal(text_at(o, "base"), "serial");
    assert_string_equal(text_at(o, "stopped_by"), "time");
    const json_t *row = json_array_get(json_object_get(o, "rows"), 1);
    assert_string_equal(text_at(row, "workload"), "range");
    assert_string_equal(text_at(row, "variant"), "pthread");
    assert_string_equal(text_at(row, "value"), "285");
    assert_int_equal(json_integer_value(json_object_get(row, "size")), 10);
    assert_int_equal(json_array_size(json_object_get(row, "samples")), 5);
    assert_true(real_at(row, "speedup") == 2);
    assert_true(real_at(row, "efficiency") == 1);
    assert_true(real_at(row, "karp_flatt") == 0);
    assert_true(real_at(row, "median_s") == r.rows.v[1].median);
    assert_null(json_object_get(row, "break_even"));
    const json_t *ci = json_object_get(row, "speedup_ci95");
    assert_int_equal(json_array_size(ci), 2);
    assert_true(json_real_value(json_array_get(ci, 0)) ==
                r.rows.v[1].speedup_interval.low);
    json_decref(o);
    bench_report_fini(&r);
}

static void json_of_the_sweep_has_the_break_even(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    made_sweep(&r);
    json_t *o = bench_json(&r);
    const json_t *row = json_array_get(json_object_get(o, "rows"), 4);
    const json_t *even = json_object_get(row, "break_even");
    assert_int_equal(json_integer_value(json_object_get(even, "above")), 100);
    assert_int_equal(json_integer_value(json_object_get(even, "at")), 1000);
    double estimate = real_at(even, "estimate");
    assert_true(estimate > 150 && estimate < 350); /* 200, without the line */
    row = json_array_get(json_object_get(o, "rows"), 3);
    assert_null(json_object_get(row, "break_even"));
    json_decref(o);
    bench_report_fini(&r);
}

static void json_of_a_row_without_samples_has_no_figures(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    json_t *o = bench_json(&r);
    const json_t *row = json_array_get(json_object_get(o, "rows"), 2);
    assert_string_equal(text_at(row, "runtime"), "libgomp");
    assert_true(json_is_null(json_object_get(row, "value")));
    assert_null(json_object_get(row, "median_s"));
    assert_null(json_object_get(row, "speedup"));
    const json_t *skip = json_array_get(json_object_get(o, "skipped"), 0);
    assert_string_equal(text_at(skip, "reason"), "no runtime");
    const json_t *noise = json_object_get(o, "noise");
    assert_true(json_is_false(json_object_get(noise, "quiet")));
    json_decref(o);
    bench_report_fini(&r);
}

static size_t commas(const char *line)
{
    size_t n = 0;
    for (; *line && *line != '\r'; line++)
        n += *line == ',';
    return n;
}

static void csv_has_a_field_for_every_column(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    made_sweep(&r);
    char *text = written(bench_csv, r);
    struct strv lines = {0};
    strv_split(&lines, text, '\n');
    assert_int_equal(lines.n, 10);
    for (size_t i = 1; i < lines.n; i++) {
        assert_int_equal(commas(lines.v[i]), commas(lines.v[0]));
        assert_int_equal(strchr(lines.v[i], '\r') != NULL, 0); /* trimmed */
    }
    assert_non_null(strstr(text, "\r\n"));
    assert_true(str_starts(lines.v[2],
                           "toy,cpu,range,10,pthread,pthread,gcc,,2,"
                           "5,3,0.102,"));
    assert_true(str_ends(lines.v[2], ",,,,285"));
    assert_non_null(strstr(lines.v[5], ",100,1000,"));
    strv_fini(&lines);
    free(text);
}

static void csv_quotes_what_would_end_a_field(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    free(r.kernel);
    r.kernel = str_dup("a,\"b\"");
    char *text = written(bench_csv, r);
    assert_non_null(strstr(text, "\r\n\"a,\"\"b\"\"\",cpu,"));
    free(text);
}

static void markdown_has_the_same_tables(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    made_sweep(&r);
    char *text = written(bench_markdown, r);
    assert_true(str_starts(text, "## toy\n\nTest CPU, 2 cores, Linux 1 x\n"));
    assert_non_null(
        strstr(text, "| VARIANT | COMPILER | THR | RUNS | MEDIAN |"));
    assert_non_null(strstr(text, "| --- | --- | ---: | ---: | ---: |"));
    assert_non_null(strstr(text, "| pthread | gcc | 2 | 5 | 102.0 ms | 2.0 % "
                                 "| 2.00 | 1.94-2.06 | 100 % | 0.000 |\n"));
    assert_non_null(
        strstr(text, "| pthread | gcc | 2 | 1530 | 612 | 520 | 100-1e3 |\n"));
    assert_non_null(strstr(text, "- **warning**: it was noisy\n"));
    free(text);
}

static void markdown_guards_its_cells(void **state)
{
    (void)state;
    struct bench_report r = made_bench();
    free(r.rows.v[0].variant);
    r.rows.v[0].variant = str_dup("a|b");
    char *text = written(bench_markdown, r);
    assert_non_null(strstr(text, "| a\\|b | gcc |"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_tells_all_of_a_measurement),
        cmocka_unit_test(sweep_is_one_table_by_size),
        cmocka_unit_test(break_even_may_be_out_of_range),
        cmocka_unit_test(failed_measurement_does_not_vouch_for_the_value),
        cmocka_unit_test(wide_rows_fit_80_columns),
        cmocka_unit_test(color_is_only_there_when_wanted),
        cmocka_unit_test(durations_have_four_digits),
        cmocka_unit_test(ratios_are_short),
        cmocka_unit_test(huge_speedups_leave_room_for_the_names),
        cmocka_unit_test(sizes_are_short_where_they_can_be),
        cmocka_unit_test(json_has_the_figures_and_every_sample),
        cmocka_unit_test(json_of_the_sweep_has_the_break_even),
        cmocka_unit_test(json_of_a_row_without_samples_has_no_figures),
        cmocka_unit_test(csv_has_a_field_for_every_column),
        cmocka_unit_test(csv_quotes_what_would_end_a_field),
        cmocka_unit_test(markdown_has_the_same_tables),
        cmocka_unit_test(markdown_guards_its_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
