/* Which changes between two measurements are real.
 * SPDX-License-Identifier: MIT */
#include "bench/compare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "made_bench.h"
#include "scratch.h"

static void one(struct bench_reports *l, struct bench_report r)
{
    vec_push(l, r);
}

/* Makes every time of the row so many times as long. */
static void stretch(struct bench_report *r, size_t row, double factor)
{
    for (size_t i = 0; i < r->rows.v[row].seconds.n; i++)
        r->rows.v[row].seconds.v[i] *= factor;
}

static struct comparison compared(struct bench_report before,
                                  struct bench_report after)
{
    struct bench_reports old = {0}, new = {0};
    struct comparison c = {0};
    one(&old, before);
    one(&new, after);
    bench_compare(&old, &new, &c);
    for (size_t i = 0; i < c.changes.n; i++)
        c.changes.v[i].kernel = c.changes.v[i].workload =
            c.changes.v[i].variant = c.changes.v[i].compiler = "x";
    bench_reports_fini(&old);
    bench_reports_fini(&new);
    return c;
}

static char *printed(const struct comparison *c)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    assert_non_null(f);
    assert_int_equal(comparison_print(f, c, false, 80), ERR_OK);
    fclose(f);
    return text;
}

static void same_times_are_no_change(void **state)
{
    (void)state;
    struct comparison c = compared(made_bench(), made_bench());
    assert_int_equal(c.changes.n, 2); /* the third row was never run */
    assert_int_equal(c.only_before + c.only_after, 0);
    assert_int_equal(c.differences.n, 0);
    for (size_t i = 0; i < 2; i++) {
        assert_true(c.changes.v[i].ratio == 1);
        assert_false(c.changes.v[i].real);
    }
    char *text = printed(&c);
    assert_non_null(strstr(text, "\n0 of 2 rows changed"));
    assert_null(strstr(text, "slower"));
    free(text);
    comparison_fini(&c);
}

/* Samples of one run differ by 4 %, so that 10 % is a change and 1 % is none.
 */
static void change_is_real_if_the_interval_excludes_1(void **state)
{
    (void)state;
    struct bench_report after = made_bench();
    stretch(&after, 0, 1.1);
    stretch(&after, 1, 1.01);
    struct comparison c = compared(made_bench(), after);
    assert_true(c.changes.v[0].real);
    assert_true(c.changes.v[0].ratio > 1.09 && c.changes.v[0].ratio < 1.11);
    assert_true(c.changes.v[0].interval.low > 1);
    assert_false(c.changes.v[1].real);
    char *text = printed(&c);
    assert_non_null(strstr(text, "1.100"));
    assert_non_null(strstr(text, "slower\n"));
    assert_non_null(strstr(text, "\n1 of 2 rows changed"));
    free(text);
    comparison_fini(&c);
}

static void improvement_is_faster(void **state)
{
    (void)state;
    struct bench_report after = made_bench();
    stretch(&after, 1, 0.5);
    struct comparison c = compared(made_bench(), after);
    assert_true(c.changes.v[1].real && c.changes.v[1].interval.high < 1);
    char *text = printed(&c);
    assert_non_null(strstr(text, "faster\n"));
    free(text);
    comparison_fini(&c);
}

static void rows_of_one_run_only_are_counted(void **state)
{
    (void)state;
    struct bench_report before = made_bench(), after = made_bench();
    made_row(&before, 0, "gone", MODEL_PTHREAD, "gcc", 2, 0.1);
    made_row(&after, 0, "pthread", MODEL_PTHREAD, "gcc", 4, 0.1);
    made_row(&after, 0, "pthread", MODEL_PTHREAD, "clang-19", 2, 0.1);
    made_sweep(&after); /* sizes are no other workload's */
    struct comparison c = compared(before, after);
    assert_int_equal(c.changes.n, 2);
    assert_int_equal(c.only_before, 1);
    assert_int_equal(c.only_after, 2 + 6);
    char *text = printed(&c);
    assert_non_null(strstr(text, "1 rows only before, 8 only now"));
    free(text);
    comparison_fini(&c);
}

static void other_computer_is_told(void **state)
{
    (void)state;
    struct bench_report after = made_bench();
    free(after.host.cpu);
    after.host.cpu = str_dup("Other CPU");
    free(after.compilers.v[0].version);
    after.compilers.v[0].version = str_dup("gcc 13");
    struct comparison c = compared(made_bench(), after);
    assert_int_equal(c.differences.n, 2);
    char *text = printed(&c);
    assert_non_null(strstr(
        text, "not the same: processor: Test CPU before, Other CPU now\n"));
    assert_non_null(
        strstr(text, "not the same: gcc: gcc 12 before, gcc 13 now\n"));
    free(text);
    comparison_fini(&c);
}

static void write_report(const char *dir, struct bench_report *r)
{
    json_t *top =
        json_pack("{s:s, s:[o]}", "lockstep", "0", "bench", bench_json(r));
    char *text = json_dumps(top, JSON_REAL_PRECISION(17));
    scratch_write(dir, "old.json", text);
    free(text);
    json_decref(top);
}

static enum err read_back(const char *dir, struct bench_reports *l,
                          struct diag *d)
{
    char *path = fs_join(dir, "old.json");
    enum err e = bench_read(path, l, d);
    free(path);
    return e;
}

static void what_was_written_can_be_compared(void **state)
{
    struct bench_reports old = {0}, new = {0};
    struct comparison c = {0};
    struct diag d = {0};
    one(&new, made_bench());
    made_sweep(&new.v[0]);
    write_report(*state, &new.v[0]);
    assert_int_equal(read_back(*state, &old, &d), ERR_OK);
    bench_compare(&old, &new, &c);
    assert_int_equal(c.changes.n, 8);
    assert_int_equal(c.only_before + c.only_after + c.differences.n, 0);
    for (size_t i = 0; i < c.changes.n; i++)
        assert_true(c.changes.v[i].ratio == 1);
    comparison_fini(&c);
    bench_reports_fini(&old);
    bench_reports_fini(&new);
    diag_fini(&d);
}

static void what_is_no_measurement_is_refused(void **state)
{
#define ROW "\"workload\": \"w\", \"variant\": \"v\", \"compiler\": \"c\", "
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"", "is no JSON"},
        {"{", "old.json:1: this is no JSON"},
        {"[]", "this is no measurement"},
        {"{\"bench\": 1}", "this is no measurement"},
        {"{\"bench\": [1]}", "this is no measurement"},
        {"{\"bench\": [{}]}", "this is no measurement"},
        {"{\"bench\": [{\"kernel\": \"k\", \"rows\": [{}]}]}", "no measure"},
        {"{\"bench\": [{\"kernel\": \"k\", \"rows\": [{" ROW
         "\"threads\": 0, \"samples\": [1]}]}]}",
         "no measure"},
        {"{\"bench\": [{\"kernel\": \"k\", \"rows\": [{" ROW
         "\"threads\": 1, \"samples\": [0]}]}]}",
         "no measure"},
        {"{\"bench\": [{\"kernel\": \"k\", \"rows\": [{" ROW
         "\"threads\": 1, \"samples\": [\"1\"]}]}]}",
         "no measure"},
        {"{\"bench\": [{\"kernel\": \"k\", \"rows\": [{" ROW
         "\"threads\": 1}]}]}",
         "no measure"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct bench_reports l = {0};
        struct diag d = {0};
        scratch_write(*state, "old.json", bad[i].text);
        assert_int_equal(read_back(*state, &l, &d), ERR_INVALID);
        assert_int_equal(d.messages.n, 1);
        assert_true(scratch_said(&d, bad[i].said));
        bench_reports_fini(&l);
        diag_fini(&d);
    }
}

static void missing_file_is_told(void **state)
{
    struct bench_reports l = {0};
    struct diag d = {0};
    assert_int_equal(read_back(*state, &l, &d), ERR_NOENT);
    assert_true(scratch_said(&d, "old.json: cannot be read"));
    diag_fini(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_times_are_no_change),
        cmocka_unit_test(change_is_real_if_the_interval_excludes_1),
        cmocka_unit_test(improvement_is_faster),
        cmocka_unit_test(rows_of_one_run_only_are_counted),
        cmocka_unit_test(other_computer_is_told),
        SCRATCH_TEST(what_was_written_can_be_compared),
        SCRATCH_TEST(what_is_no_measurement_is_refused),
        SCRATCH_TEST(missing_file_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
