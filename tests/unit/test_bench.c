/* Measuring: what becomes a row, what is skipped, and what is an error. The
 * kernels are made here; each notes in $BENCH_LOG that it ran.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include "os/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char kernel_text[] =
    "#include <stdio.h>\n"
    "#include <stdlib.h>\n"
    "#include <string.h>\n"
    "int main(int argc, char **argv)\n"
    "{\n"
    "    FILE *log = fopen(getenv(\"BENCH_LOG\"), \"a\");\n"
    "    fprintf(log, \"%%s %%s\\n\", strrchr(argv[0], '/') + 1,\n"
    "            argv[argc - 1]);\n"
    "    fclose(log);\n"
    "    printf(\"value %s\\nseconds 0.%%s00000000\\n\"\n"
    "           \"INVARIANT HELD: x\\n\", argv[argc - 1]);\n"
    "    return %s;\n"
    "}\n";

struct lab {
    char *dir, *out, *log;
    struct bench_options options;
    struct strv files;
    struct diag diag;
    struct bench_report report;
};

static void add_variant(struct lab *lab, const char *name, enum model model,
                        const char *value, const char *status)
{
    char *text = str_fmt(kernel_text, value, status);
    char *file = str_fmt("%s/%s.c", lab->dir, name);
    assert_int_equal(fs_write(file, text, strlen(text)), ERR_OK);
    strv_take(&lab->files, file);
    struct bench_variant v = {name, file, model};
    vec_push(&lab->options.variants, v);
    free(text);
}

static int set_up(void **state)
{
    struct lab *lab = mem_new(1, sizeof *lab);
    lab->dir = str_dup("/tmp/test-bench-XXXXXX");
    assert_non_null(mkdtemp(lab->dir));
    lab->out = fs_join(lab->dir, "out");
    lab->log = fs_join(lab->dir, "log");
    setenv("BENCH_LOG", lab->log, 1);
    lab->options = (struct bench_options){.kernel = "toy",
                                          .include_dir = lab->dir,
                                          .value = "7",
                                          .threads = "1",
                                          .rounds = 6,
                                          .seed = 1,
                                          .out_dir = lab->out};
    strv_add(&lab->options.compilers, "gcc");
    *state = lab;
    return 0;
}

static int tear_down(void **state)
{
    struct lab *lab = *state;
    fs_remove(lab->dir);
    bench_report_fini(&lab->report);
    diag_fini(&lab->diag);
    strv_fini(&lab->files);
    strv_fini(&lab->options.compilers);
    vec_fini(&lab->options.variants);
    free(lab->dir);
    free(lab->out);
    free(lab->log);
    free(lab);
    return 0;
}

static enum err measure(struct lab *lab)
{
    return bench_run(&lab->options, &lab->report, &lab->diag);
}

static void says(const struct lab *lab, const char *what)
{
    for (size_t i = 0; i < lab->diag.messages.n; i++)
        if (strstr(lab->diag.messages.v[i], what))
            return;
    fail_msg("nothing says '%s' but: %s", what,
             lab->diag.messages.n ? lab->diag.messages.v[0] : "(nothing)");
}

static void two_variants(struct lab *lab)
{
    add_variant(lab, "fast", MODEL_PTHREAD, "7", "0");
    add_variant(lab, "serial", MODEL_SERIAL, "7", "0");
}

static void serial_comes_first_and_is_the_base(void **state)
{
    struct lab *lab = *state;
    two_variants(lab);
    assert_int_equal(measure(lab), ERR_OK);
    const struct bench_rows *rows = &lab->report.rows;
    assert_int_equal(rows->n, 2);
    assert_string_equal(rows->v[0].variant, "serial");
    assert_string_equal(rows->v[1].variant, "fast");
    assert_int_equal(rows->v[1].base, 0);
    assert_true(rows->v[1].compared);
    assert_true(rows->v[1].median == 0.1);
    assert_true(rows->v[1].speedup == 1);
    assert_int_equal(lab->report.stop, BENCH_STOP_ROUNDS);
}

/* Seven rounds of two: the first one warms up and is not kept. */
static void rounds_are_interleaved_and_the_first_is_discarded(void **state)
{
    struct lab *lab = *state;
    two_variants(lab);
    assert_int_equal(measure(lab), ERR_OK);
    assert_int_equal(lab->report.rounds, 6);
    assert_int_equal(lab->report.rows.v[0].seconds.n, 6);
    struct buf log = {0};
    struct strv ran = {0};
    assert_int_equal(fs_read(lab->log, &log), ERR_OK);
    strv_split(&ran, buf_str(&log), '\n');
    assert_int_equal(ran.n, 14);
    bool serial_first = false, serial_last = false;
    for (size_t i = 0; i < ran.n; i += 2) {
        assert_string_not_equal(ran.v[i], ran.v[i + 1]);
        *(str_starts(ran.v[i], "serial") ? &serial_first : &serial_last) = true;
    }
    assert_true(serial_first && serial_last);
    strv_fini(&ran);
    buf_fini(&log);
}

static void wrong_value_is_an_error(void **state)
{
    struct lab *lab = *state;
    add_variant(lab, "serial", MODEL_SERIAL, "8", "0");
    assert_int_equal(measure(lab), ERR_INVALID);
    assert_int_equal(lab->report.rows.v[0].seconds.n, 0);
    assert_int_equal(lab->report.stop, BENCH_STOP_FAILED);
    says(lab, "its value is 8, not 7");
}

static void crash_is_an_error(void **state)
{
    struct lab *lab = *state;
    add_variant(lab, "serial", MODEL_SERIAL, "7", "(abort(), 0)");
    assert_int_equal(measure(lab), ERR_INVALID);
    says(lab, "signal 6");
}

static void hang_is_an_error(void **state)
{
    struct lab *lab = *state;
    add_variant(lab, "serial", MODEL_SERIAL, "7",
                "({ for (;;) __asm__ volatile(\"\"); 0; })");
    lab->options.timeout = 0.2;
    assert_int_equal(measure(lab), ERR_INVALID);
    says(lab, "more than 0.2 s");
}

static void source_that_does_not_build_is_an_error(void **state)
{
    struct lab *lab = *state;
    add_variant(lab, "serial", MODEL_SERIAL, "7", "nothing_such");
    assert_int_equal(measure(lab), ERR_INVALID);
    says(lab, "serial.c: does not build with gcc");
    says(lab, "nothing_such");
}

static void missing_compiler_is_skipped_with_the_reason(void **state)
{
    struct lab *lab = *state;
    two_variants(lab);
    strv_add(&lab->options.compilers, "clang-nowhere");
    assert_int_equal(measure(lab), ERR_OK);
    assert_int_equal(lab->report.rows.n, 2);
    assert_int_equal(lab->report.skips.n, 2);
    const struct bench_skip *s = &lab->report.skips.v[0];
    assert_string_equal(s->compiler, "clang-nowhere");
    assert_non_null(strstr(s->reason, "cannot be started"));
}

static void program_that_is_no_compiler_is_skipped(void **state)
{
    struct lab *lab = *state;
    two_variants(lab);
    strv_add(&lab->options.compilers, "true");
    assert_int_equal(measure(lab), ERR_OK);
    assert_int_equal(lab->report.skips.n, 2);
    assert_non_null(
        strstr(lab->report.skips.v[0].reason, "is neither gcc nor clang"));
}

static void no_compiler_at_all_is_unsupported(void **state)
{
    struct lab *lab = *state;
    two_variants(lab);
    strv_fini(&lab->options.compilers);
    strv_add(&lab->options.compilers, "cc-nowhere");
    assert_int_equal(measure(lab), ERR_UNSUPPORTED);
    says(lab, "nothing can be measured");
}

static void without_serial_nothing_is_compared(void **state)
{
    struct lab *lab = *state;
    add_variant(lab, "fast", MODEL_PTHREAD, "7", "0");
    assert_int_equal(measure(lab), ERR_OK);
    assert_false(lab->report.rows.v[0].compared);
}

static void openmp_rows_name_their_runtime(void **state)
{
    struct lab *lab = *state;
    add_variant(lab, "openmp", MODEL_OPENMP, "7", "0");
    assert_int_equal(measure(lab), ERR_OK);
    if (lab->report.rows.n == 0)
        skip();
    assert_string_equal(lab->report.rows.v[0].runtime, "libgomp");
}

/* Equal times: every interval is a point after the fewest rounds. */
static void narrow_intervals_end_the_measurement(void **state)
{
    struct lab *lab = *state;
    two_variants(lab);
    lab->options.rounds = 0;
    assert_int_equal(measure(lab), ERR_OK);
    assert_int_equal(lab->report.stop, BENCH_STOP_NARROW);
    assert_int_equal(lab->report.rounds, BENCH_MIN_ROUNDS);
}

static void time_ends_it_but_not_before_the_fewest_rounds(void **state)
{
    struct lab *lab = *state;
    two_variants(lab);
    lab->options.rounds = 1000;
    lab->options.seconds = 1e-6;
    assert_int_equal(measure(lab), ERR_OK);
    assert_int_equal(lab->report.stop, BENCH_STOP_TIME);
    assert_int_equal(lab->report.rounds, BENCH_MIN_ROUNDS);
}

static void absurd_options_are_refused(void **state)
{
    struct lab *lab = *state;
    two_variants(lab);
    lab->options.rounds = 4;
    assert_int_equal(measure(lab), ERR_INVALID);
    says(lab, "at least 5");
    bench_report_fini(&lab->report);
    lab->options.rounds = 5;
    lab->options.threads = "1000000";
    assert_int_equal(measure(lab), ERR_INVALID);
    says(lab, "1000000 threads on");
}

static void programs_are_removed_after_use(void **state)
{
    struct lab *lab = *state;
    two_variants(lab);
    assert_int_equal(measure(lab), ERR_OK);
    struct strv left = {0};
    assert_int_equal(fs_list(lab->out, &left), ERR_OK);
    assert_int_equal(left.n, 0);
    strv_fini(&left);
}

static void folder_that_cannot_be_made_is_told(void **state)
{
    struct lab *lab = *state;
    two_variants(lab);
    lab->options.out_dir = "/proc/nowhere";
    assert_int_not_equal(measure(lab), ERR_OK);
    says(lab, "--out");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(serial_comes_first_and_is_the_base),
        TEST(rounds_are_interleaved_and_the_first_is_discarded),
        TEST(wrong_value_is_an_error),
        TEST(crash_is_an_error),
        TEST(hang_is_an_error),
        TEST(source_that_does_not_build_is_an_error),
        TEST(missing_compiler_is_skipped_with_the_reason),
        TEST(program_that_is_no_compiler_is_skipped),
        TEST(no_compiler_at_all_is_unsupported),
        TEST(without_serial_nothing_is_compared),
        TEST(openmp_rows_name_their_runtime),
        TEST(narrow_intervals_end_the_measurement),
        TEST(time_ends_it_but_not_before_the_fewest_rounds),
        TEST(absurd_options_are_refused),
        TEST(programs_are_removed_after_use),
        TEST(folder_that_cannot_be_made_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
