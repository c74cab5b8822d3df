/* Measuring: several things to compute, sizes, bases, rests and what remains.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench_lab.h"

static void every_work_has_rows_of_its_own(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab_add_work(lab, "more", 10, "7");
    strv_add(&lab->options.works.v[1].args, "x");
    assert_int_equal(lab_measure(lab), ERR_OK);
    const struct bench_rows *rows = &lab->report.rows;
    assert_int_equal(rows->n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(rows->v[i].work, i / 2);
        assert_int_equal(rows->v[i].base, i / 2 * 2);
        assert_int_equal(rows->v[i].seconds.n, 6);
    }
    assert_string_equal(lab->report.works.v[1].name, "more");
    assert_int_equal(lab->report.works.v[1].size, 10);
}

/* The sweep is of the most threads, the other works of all. */
static void sweep_is_made_with_the_most_threads(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab_add_work(lab, BENCH_SWEEP, 10, "7");
    lab->options.group = BENCH_GROUP_IO; /* as many as one likes */
    lab->options.threads = NULL;
    vec_push(&lab->options.own_threads, 1);
    vec_push(&lab->options.own_threads, 3);
    assert_int_equal(lab_measure(lab), ERR_OK);
    const struct bench_rows *rows = &lab->report.rows;
    static const int threads[] = {1, 1, 3, 1, 3};
    assert_int_equal(rows->n, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(rows->v[i].threads, threads[i]);
    assert_true(rows->v[4].sweeps);
    assert_false(rows->v[3].sweeps || rows->v[2].sweeps);
    bench_report_fini(&lab->report);
    lab->options.threads = "1,2";
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_int_equal(lab->report.rows.n, 6);
}

/* Threads of the kernel's own for which there is no core are not measured. */
static void own_threads_need_cores(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab->options.threads = NULL;
    vec_push(&lab->options.own_threads, 1);
    vec_push(&lab->options.own_threads, BENCH_MAX_THREADS);
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_int_equal(lab->report.rows.n, 2);
    assert_int_equal(lab->report.rows.v[1].threads, 1);
}

static void variant_without_threads_runs_once(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab->options.variants.v[0].threads = false;
    lab->options.group = BENCH_GROUP_IO;
    lab->options.threads = "1,2,3";
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_int_equal(lab->report.rows.n, 2);
    assert_false(lab->report.rows.v[1].threaded);
    assert_false(lab->report.rows.v[1].has_fraction);
}

/* The toy takes 0.N s with N threads. */
static void base_may_be_another_than_the_serial_one(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab_add_variant(lab, "quick", MODEL_PTHREAD, "7", "0");
    lab->options.variants.v[2].threads = false;
    lab->options.base = "quick";
    lab->options.group = BENCH_GROUP_IO;
    lab->options.threads = "2";
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_string_equal(lab->report.base, "quick");
    const struct bench_rows *rows = &lab->report.rows;
    assert_string_equal(rows->v[0].variant, "quick");
    assert_string_equal(rows->v[1].variant, "serial");
    const struct bench_row *fast = &rows->v[2];
    assert_int_equal(fast->base, 0);
    assert_true(fast->speedup == 0.5 && fast->efficiency == 0.25);
    assert_true(fast->has_fraction);
    assert_true(fast->fraction == 3); /* (2 - 1/2) / (1 - 1/2) */
}

static void first_value_is_the_one_for_all(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    free(lab->options.works.v[0].value);
    lab->options.works.v[0].value = NULL;
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_string_equal(lab->report.works.v[0].value, "7");
    assert_non_null(lab->report.works.v[0].value_of);
    assert_null(lab->options.works.v[0].value);
}

static void variants_that_disagree_are_an_error(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab_add_variant(lab, "odd", MODEL_PTHREAD, "8", "0");
    free(lab->options.works.v[0].value);
    lab->options.works.v[0].value = NULL;
    assert_int_equal(lab_measure(lab), ERR_INVALID);
    lab_says(lab, "; a wrong run is no measurement");
    lab_says(lab, "-gcc printed");
}

/* The sizes up to 100 are slower in two threads, the others faster. */
static void break_even_is_found_in_the_sweep(void **state)
{
    static const char source[] =
        "#include <stdio.h>\n"
        "#include <stdlib.h>\n"
        "int main(int argc, char **argv)\n"
        "{\n"
        "    int n = atoi(argv[1]), threads = atoi(argv[2]);\n"
        "    printf(\"value 7\\nseconds 0.%09d\\nINVARIANT HELD: x\\n\",\n"
        "           threads == 1 ? n * 1000 : 100000 + n * 500);\n"
        "    return argc != 3;\n"
        "}\n";
    struct lab *lab = *state;
    lab_two_variants(lab);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(fs_write(lab->files.v[i], source, sizeof source - 1),
                         ERR_OK);
    bench_works_fini(&lab->options.works);
    static const uint64_t sizes[] = {10, 100, 1000, 10000};
    for (size_t i = 0; i < 4; i++) {
        lab_add_work(lab, BENCH_SWEEP, sizes[i], NULL);
        strv_addf(&lab->options.works.v[i].args, "%d", (int)sizes[i]);
    }
    lab->options.group = BENCH_GROUP_IO;
    lab->options.threads = "2";
    assert_int_equal(lab_measure(lab), ERR_OK);
    const struct bench_rows *rows = &lab->report.rows;
    assert_int_equal(rows->n, 8);
    for (size_t i = 1; i < 8; i += 2) {
        const struct bench_break_even *b = &rows->v[i].break_even;
        assert_true(rows->v[i].sweeps && !rows->v[i - 1].sweeps);
        assert_int_equal(b->above, 100);
        assert_int_equal(b->at, 1000);
        /* 0.1 ms + n 0.5 us is n 1 us at n = 200; a line of two points. */
        assert_true(b->estimate > 150 && b->estimate < 350);
    }
}

/* What is narrow rests while the other goes on: "wide" has a time that differs
 * from run to run. */
static void narrow_work_rests_while_the_other_goes_on(void **state)
{
    static const char source[] =
        "#include <stdio.h>\n"
        "#include <stdlib.h>\n"
        "int main(int argc, char **argv)\n"
        "{\n"
        "    FILE *f = fopen(getenv(\"BENCH_LOG\"), \"a+\");\n"
        "    fputc('x', f);\n"
        "    long n = argv[1][0] == 'w' ? ftell(f) % 7 : 0;\n"
        "    printf(\"value 7\\nseconds 0.10%ld000000\\n\"\n"
        "           \"INVARIANT HELD: x\\n\", n);\n"
        "    return argc != 3;\n"
        "}\n";
    struct lab *lab = *state;
    lab_add_variant(lab, "serial", MODEL_SERIAL, "7", "0");
    assert_int_equal(fs_write(lab->files.v[0], source, sizeof source - 1),
                     ERR_OK);
    lab_add_work(lab, "wide", 0, "7");
    strv_add(&lab->options.works.v[0].args, "narrow");
    strv_add(&lab->options.works.v[1].args, "wide");
    lab->options.rounds = 0;
    lab->options.seconds = 0.5;
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_int_equal(lab->report.rows.v[0].seconds.n, BENCH_MIN_ROUNDS);
    assert_true(lab->report.rows.v[1].seconds.n > BENCH_MIN_ROUNDS);
}

/* What the progress said last, and whether time ever went the wrong way. */
struct watcher {
    unsigned round;
    double remaining;
    bool told_at_first, grew;
};

static void watch(const struct bench_progress *p, void *arg)
{
    struct watcher *w = arg;
    if (p->round == 0)
        w->told_at_first |= p->remaining >= 0;
    if (p->round > w->round + 1)
        w->grew = true;
    w->round = p->round;
    w->remaining = p->remaining;
}

static void progress_tells_what_remains(void **state)
{
    struct lab *lab = *state;
    struct watcher w = {.remaining = -1};
    lab_two_variants(lab);
    lab->options.progress = watch;
    lab->options.progress_arg = &w;
    lab->options.rounds = 8;
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_false(w.told_at_first); /* nothing is known before a round */
    assert_int_equal(w.round, 8);
    assert_false(w.grew);
    /* Half of the last round, and not the whole minute that is allowed. */
    assert_true(w.remaining > 0 && w.remaining < lab->report.elapsed);
    bench_report_fini(&lab->report);
    lab->options.rounds = 0;
    lab->options.seconds = 60;
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_true(w.remaining > 50 && w.remaining <= 60);
}

static void pace_is_kept_for_each_round(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_int_equal(lab->report.pace.n, 6);
    for (size_t i = 0; i < 6; i++)
        assert_true(lab->report.pace.v[i] > 0);
    assert_true(lab->report.drift.p > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAB_TEST(every_work_has_rows_of_its_own),
        LAB_TEST(sweep_is_made_with_the_most_threads),
        LAB_TEST(own_threads_need_cores),
        LAB_TEST(variant_without_threads_runs_once),
        LAB_TEST(base_may_be_another_than_the_serial_one),
        LAB_TEST(first_value_is_the_one_for_all),
        LAB_TEST(variants_that_disagree_are_an_error),
        LAB_TEST(break_even_is_found_in_the_sweep),
        LAB_TEST(narrow_work_rests_while_the_other_goes_on),
        LAB_TEST(progress_tells_what_remains),
        LAB_TEST(pace_is_kept_for_each_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
