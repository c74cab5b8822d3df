/* The table and the JSON of a measurement made by hand.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct bench_row *add_row(struct bench_report *r, const char *variant,
                                 enum model model, const char *compiler,
                                 int threads, double seconds)
{
    struct bench_row row = {.variant = str_dup(variant),
                            .model = model,
                            .compiler = str_dup(compiler),
                            .runtime = model == MODEL_OPENMP ? "libgomp" : NULL,
                            .threads = threads,
                            .base = 0};
    for (int i = 0; i < 5 && seconds > 0; i++)
        vec_push(&row.seconds, seconds * (1 + 0.01 * i));
    vec_push(&r->rows, row);
    return &r->rows.v[r->rows.n - 1];
}

/* Serial 200 ms; two threads 100 ms; an OpenMP row that was never run. */
static struct bench_report make(void)
{
    struct bench_report r = {.kernel = str_dup("toy"),
                             .value = str_dup("285"),
                             .host = {.cpu = str_dup("Test CPU"),
                                      .cores = 2,
                                      .kernel = str_dup("Linux 1 x"),
                                      .load = 0.25},
                             .rounds = 5,
                             .elapsed = 1.5,
                             .stop = BENCH_STOP_TIME,
                             .seed = 3};
    struct compiler gcc = {.command = str_dup("gcc"),
                           .version = str_dup("gcc 12")};
    struct bench_skip skip = {str_dup("openmp"), str_dup("clang-19"),
                              str_dup("no runtime")};
    strv_add(&r.args, "0");
    strv_add(&r.args, "10");
    strv_add(&r.warnings, "it was noisy");
    vec_push(&r.compilers, gcc);
    vec_push(&r.skips, skip);
    add_row(&r, "serial", MODEL_SERIAL, "gcc", 1, 0.2);
    add_row(&r, "pthread", MODEL_PTHREAD, "gcc", 2, 0.1);
    add_row(&r, "openmp", MODEL_OPENMP, "gcc", 2, 0);
    bench_summarise(&r);
    return r;
}

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

static void table_tells_all_of_a_measurement(void **state)
{
    (void)state;
    static const char expected[] =
        "toy 0 10: value 285 in every run\n"
        "Test CPU, 2 cores, Linux 1 x\n"
        "gcc: gcc 12\n"
        "\n"
        "VARIANT COMPILER RUNTIME THR RUNS   MEDIAN CI 95 % SPEED-UP "
        "  CI 95 %   EFF\n"
        "serial  gcc      -         1    5 204.0 ms +-2.0 %     1.00 "
        "          \n"
        "pthread gcc      -         2    5 102.0 ms +-2.0 %     2.00 "
        "1.94-2.06 100 %\n"
        "openmp  gcc      libgomp   2    0                           "
        "          \n"
        "\n"
        "5 rounds in 1.5 s: the time was up\n"
        "OpenMP threads were bound to cores (OMP_PROC_BIND=true)\n"
        "skipped: openmp by clang-19: no runtime\n"
        "warning: it was noisy\n";
    struct bench_report r = make();
    char *text = table(&r, false);
    assert_string_equal(text, expected);
    free(text);
    bench_report_fini(&r);
}

static void failed_measurement_does_not_vouch_for_the_value(void **state)
{
    (void)state;
    struct bench_report r = make();
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
    struct bench_report r = make();
    add_row(&r, "pthread-pool-of-workers", MODEL_OPENMP, "x86_64-linux-gnu-gcc",
            128, 0.0123456);
    bench_summarise(&r);
    char *text = table(&r, false);
    struct strv lines = {0};
    strv_split(&lines, text, '\n');
    for (size_t i = 0; i < lines.n; i++)
        if (strlen(lines.v[i]) > 80)
            fail_msg("too wide: %s", lines.v[i]);
    assert_non_null(strstr(text, "16.20"));
    strv_fini(&lines);
    free(text);
    bench_report_fini(&r);
}

static void color_is_only_there_when_wanted(void **state)
{
    (void)state;
    struct bench_report r = make();
    char *plain = table(&r, false), *colored = table(&r, true);
    assert_null(strchr(plain, '\033'));
    assert_non_null(strstr(colored, "\033[32m"));
    free(plain);
    free(colored);
    bench_report_fini(&r);
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
    struct bench_report r = make();
    json_t *o = bench_json(&r);
    assert_string_equal(text_at(o, "kernel"), "toy");
    assert_string_equal(text_at(o, "value"), "285");
    assert_string_equal(text_at(o, "stopped_by"), "time");
    const json_t *row = json_array_get(json_object_get(o, "rows"), 1);
    assert_string_equal(text_at(row, "variant"), "pthread");
    assert_int_equal(json_array_size(json_object_get(row, "samples_s")), 5);
    assert_true(real_at(row, "speedup") == 2);
    assert_true(real_at(row, "efficiency") == 1);
    assert_true(real_at(row, "median_s") == r.rows.v[1].median);
    const json_t *ci = json_object_get(row, "speedup_ci95");
    assert_int_equal(json_array_size(ci), 2);
    assert_true(json_real_value(json_array_get(ci, 0)) ==
                r.rows.v[1].speedup_interval.low);
    json_decref(o);
    bench_report_fini(&r);
}

static void json_of_a_row_without_samples_has_no_figures(void **state)
{
    (void)state;
    struct bench_report r = make();
    json_t *o = bench_json(&r);
    const json_t *row = json_array_get(json_object_get(o, "rows"), 2);
    assert_string_equal(text_at(row, "runtime"), "libgomp");
    assert_null(json_object_get(row, "median_s"));
    assert_null(json_object_get(row, "speedup"));
    const json_t *skip = json_array_get(json_object_get(o, "skipped"), 0);
    assert_string_equal(text_at(skip, "reason"), "no runtime");
    const json_t *noise = json_object_get(o, "noise");
    assert_true(json_is_false(json_object_get(noise, "quiet")));
    json_decref(o);
    bench_report_fini(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_tells_all_of_a_measurement),
        cmocka_unit_test(failed_measurement_does_not_vouch_for_the_value),
        cmocka_unit_test(wide_rows_fit_80_columns),
        cmocka_unit_test(color_is_only_there_when_wanted),
        cmocka_unit_test(json_has_the_figures_and_every_sample),
        cmocka_unit_test(json_of_a_row_without_samples_has_no_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
