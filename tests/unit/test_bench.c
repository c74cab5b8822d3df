/* Measuring: what becomes a row, what is skipped, and what is an error.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench_lab.h"

static void serial_comes_first_and_is_the_base(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    assert_int_equal(lab_measure(lab), ERR_OK);
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
    lab_two_variants(lab);
    assert_int_equal(lab_measure(lab), ERR_OK);
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

static void mpi_without_mpicc_is_skipped(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab_add_variant(lab, "ranks", MODEL_MPI, "7", "0");
    char *old = str_dup(getenv("PATH"));
    char *bin = str_fmt("%s/bin", lab->dir);
    static const char *const tools[] = {"gcc", "as", "ld"};
    assert_int_equal(fs_mkdirs(bin), ERR_OK);
    for (size_t i = 0; i < 3; i++) {
        char *tool = fs_which(tools[i]), *link = fs_join(bin, tools[i]);
        assert_int_equal(symlink(tool, link), 0);
        free(link);
        free(tool);
    }
    setenv("PATH", bin, 1);
    enum err e = lab_measure(lab);
    setenv("PATH", old, 1);
    free(bin);
    free(old);
    assert_int_equal(e, ERR_OK);
    assert_int_equal(lab->report.skips.n, 1);
    assert_non_null(strstr(lab->report.skips.v[0].reason, "mpicc and mpirun"));
}

static void write_script(const char *dir, const char *name, const char *text)
{
    char *file = fs_join(dir, name);
    assert_int_equal(fs_write(file, text, strlen(text)), ERR_OK);
    assert_int_equal(chmod(file, 0755), 0);
    free(file);
}

/* Scripts stand in for both: mpicc builds with the compiler it is told, mpirun
 * runs the program once. */
static void mpi_is_built_and_run_by_its_own_tools(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab_add_variant(lab, "ranks", MODEL_MPI, "7", "0");
    char *old = str_dup(getenv("PATH"));
    char *bin = str_fmt("%s/bin", lab->dir);
    char *path = str_fmt("%s:%s", bin, old);
    assert_int_equal(fs_mkdirs(bin), ERR_OK);
    write_script(bin, "mpicc",
                 "#!/bin/sh\ntest \"$OMPI_CC\" = gcc || exit 1\n"
                 "exec $OMPI_CC \"$@\"\n");
    write_script(bin, "mpirun",
                 "#!/bin/sh\ntest \"$3\" = -np || exit 3\n"
                 "shift 4\nexec \"$@\"\n");
    setenv("PATH", path, 1);
    enum err e = lab_measure(lab);
    setenv("PATH", old, 1);
    free(path);
    free(bin);
    free(old);
    assert_int_equal(e, ERR_OK);
    const struct bench_row *row = &lab->report.rows.v[2];
    assert_string_equal(row->variant, "ranks");
    assert_string_equal(row->compiler, "gcc");
    assert_string_equal(row->runtime, "mpi");
    assert_true(row->compared);
}

static void libraries_are_linked(void **state)
{
    static const char source[] =
        "#include <math.h>\n"
        "#include <stdio.h>\n"
        "int main(int argc, char **argv)\n"
        "{\n"
        "    double x = cos((double)argc) + (double)**argv;\n"
        "    puts(\"value 7\\nseconds 0.100000000\\nINVARIANT HELD: x\");\n"
        "    return x == 0;\n"
        "}\n";
    struct lab *lab = *state;
    struct strv libraries = {0};
    lab_add_variant(lab, "serial", MODEL_SERIAL, "7", "0");
    assert_int_equal(fs_write(lab->files.v[0], source, sizeof source - 1),
                     ERR_OK);
    assert_int_equal(lab_measure(lab), ERR_INVALID);
    lab_says(lab, "cos");
    bench_report_fini(&lab->report);
    strv_add(&libraries, "m");
    lab->options.libraries = &libraries;
    assert_int_equal(lab_measure(lab), ERR_OK);
    strv_fini(&libraries);
}

static void wrong_value_is_an_error(void **state)
{
    struct lab *lab = *state;
    lab_add_variant(lab, "serial", MODEL_SERIAL, "8", "0");
    assert_int_equal(lab_measure(lab), ERR_INVALID);
    assert_int_equal(lab->report.rows.v[0].seconds.n, 0);
    assert_int_equal(lab->report.stop, BENCH_STOP_FAILED);
    lab_says(lab, "its value is 8, not 7");
}

static void crash_is_an_error(void **state)
{
    struct lab *lab = *state;
    lab_add_variant(lab, "serial", MODEL_SERIAL, "7", "(abort(), 0)");
    assert_int_equal(lab_measure(lab), ERR_INVALID);
    lab_says(lab, "signal 6");
}

static void hang_is_an_error(void **state)
{
    struct lab *lab = *state;
    lab_add_variant(lab, "serial", MODEL_SERIAL, "7",
                    "({ for (;;) __asm__ volatile(\"\"); 0; })");
    lab->options.timeout = 0.2;
    assert_int_equal(lab_measure(lab), ERR_INVALID);
    lab_says(lab, "more than 0.2 s");
}

static void source_that_does_not_build_is_an_error(void **state)
{
    struct lab *lab = *state;
    lab_add_variant(lab, "serial", MODEL_SERIAL, "7", "nothing_such");
    assert_int_equal(lab_measure(lab), ERR_INVALID);
    lab_says(lab, "serial.c: does not build with gcc");
    lab_says(lab, "nothing_such");
}

static void missing_compiler_is_skipped_with_the_reason(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    strv_add(&lab->options.compilers, "clang-nowhere");
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_int_equal(lab->report.rows.n, 2);
    assert_int_equal(lab->report.skips.n, 2);
    const struct bench_skip *s = &lab->report.skips.v[0];
    assert_string_equal(s->compiler, "clang-nowhere");
    assert_non_null(strstr(s->reason, "cannot be started"));
}

static void program_that_is_no_compiler_is_skipped(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    strv_add(&lab->options.compilers, "true");
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_int_equal(lab->report.skips.n, 2);
    assert_non_null(
        strstr(lab->report.skips.v[0].reason, "is neither gcc nor clang"));
}

static void no_compiler_at_all_is_unsupported(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    strv_fini(&lab->options.compilers);
    strv_add(&lab->options.compilers, "cc-nowhere");
    assert_int_equal(lab_measure(lab), ERR_UNSUPPORTED);
    lab_says(lab, "nothing can be measured");
}

static void without_serial_nothing_is_compared(void **state)
{
    struct lab *lab = *state;
    lab_add_variant(lab, "fast", MODEL_PTHREAD, "7", "0");
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_false(lab->report.rows.v[0].compared);
}

static void openmp_rows_name_their_runtime(void **state)
{
    struct lab *lab = *state;
    lab_add_variant(lab, "openmp", MODEL_OPENMP, "7", "0");
    assert_int_equal(lab_measure(lab), ERR_OK);
    if (lab->report.rows.n == 0)
        skip();
    assert_string_equal(lab->report.rows.v[0].runtime, "libgomp");
}

/* Equal times: every interval is a point after the fewest rounds. */
static void narrow_intervals_end_the_measurement(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab->options.rounds = 0;
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_int_equal(lab->report.stop, BENCH_STOP_NARROW);
    assert_int_equal(lab->report.rounds, BENCH_MIN_ROUNDS);
}

static void time_ends_it_but_not_before_the_fewest_rounds(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab->options.rounds = 1000;
    lab->options.seconds = 1e-6;
    assert_int_equal(lab_measure(lab), ERR_OK);
    assert_int_equal(lab->report.stop, BENCH_STOP_TIME);
    assert_int_equal(lab->report.rounds, BENCH_MIN_ROUNDS);
}

static void absurd_options_are_refused(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab->options.rounds = 4;
    assert_int_equal(lab_measure(lab), ERR_INVALID);
    lab_says(lab, "at least 5");
    bench_report_fini(&lab->report);
    lab->options.rounds = 5;
    lab->options.threads = "1000000";
    assert_int_equal(lab_measure(lab), ERR_INVALID);
    lab_says(lab, "1000000 threads on");
}

static void programs_are_removed_after_use(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    assert_int_equal(lab_measure(lab), ERR_OK);
    struct strv left = {0};
    assert_int_equal(fs_list(lab->out, &left), ERR_OK);
    assert_int_equal(left.n, 0);
    strv_fini(&left);
}

static void folder_that_cannot_be_made_is_told(void **state)
{
    struct lab *lab = *state;
    lab_two_variants(lab);
    lab->options.out_dir = "/proc/nowhere";
    assert_int_not_equal(lab_measure(lab), ERR_OK);
    lab_says(lab, "--out");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAB_TEST(serial_comes_first_and_is_the_base),
        LAB_TEST(rounds_are_interleaved_and_the_first_is_discarded),
        LAB_TEST(mpi_without_mpicc_is_skipped),
        LAB_TEST(mpi_is_built_and_run_by_its_own_tools),
        LAB_TEST(libraries_are_linked),
        LAB_TEST(wrong_value_is_an_error),
        LAB_TEST(crash_is_an_error),
        LAB_TEST(hang_is_an_error),
        LAB_TEST(source_that_does_not_build_is_an_error),
        LAB_TEST(missing_compiler_is_skipped_with_the_reason),
        LAB_TEST(program_that_is_no_compiler_is_skipped),
        LAB_TEST(no_compiler_at_all_is_unsupported),
        LAB_TEST(without_serial_nothing_is_compared),
        LAB_TEST(openmp_rows_name_their_runtime),
        LAB_TEST(narrow_intervals_end_the_measurement),
        LAB_TEST(time_ends_it_but_not_before_the_fewest_rounds),
        LAB_TEST(absurd_options_are_refused),
        LAB_TEST(programs_are_removed_after_use),
        LAB_TEST(folder_that_cannot_be_made_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
