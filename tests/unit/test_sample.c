/* What counts as a measurement, and what never does.
 * SPDX-License-Identifier: MIT */
#include "bench/sample.h"

#include "os/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static const char good[] = "value 285\nseconds 0.000000125\n"
                           "INVARIANT HELD: sum is 285 of 285\n";
static const char repeated[] = "value 285\nseconds 0.000000125\n"
                               "repeats 40000\n"
                               "INVARIANT HELD: sum is 285 of 285\n";

static double parsed(const char *text, const char *value)
{
    struct sample s = {0};
    char *problem = NULL;
    assert_int_equal(sample_parse(text, value, &s, &problem), ERR_OK);
    assert_null(problem);
    if (value)
        assert_string_equal(s.value, value);
    assert_int_equal(s.repeats, 1);
    sample_fini(&s);
    return s.seconds;
}

/* Refused, with a problem that has `why` in it, and no time. */
static void refused(const char *text, const char *why)
{
    struct sample s = {.seconds = -1};
    char *problem = NULL;
    assert_int_equal(sample_parse(text, "285", &s, &problem), ERR_INVALID);
    assert_true(s.seconds == -1);
    assert_null(s.value);
    if (!strstr(problem, why))
        fail_msg("'%s' is refused for: %s", text, problem);
    free(problem);
}

static void time_is_read_to_the_nanosecond(void **state)
{
    (void)state;
    assert_true(parsed(good, "285") == 125e-9);
    assert_true(parsed("value 1\nseconds 12.500000000\nINVARIANT HELD: x\n",
                       "1") == 12.5);
}

/* One repetition may take less than a nanosecond. */
static void time_may_be_finer_than_a_nanosecond(void **state)
{
    (void)state;
    double fine = parsed("value 1\nseconds 0.000000000125\n"
                         "INVARIANT HELD: x\n",
                         "1");
    assert_true(fine > 124.9e-12 && fine < 125.1e-12);
    fine =
        parsed("value 1\nseconds 3.000000000000001\nINVARIANT HELD: x\n", "1");
    assert_true(fine > 2.999 && fine < 3.001);
}

static void repeats_are_read(void **state)
{
    (void)state;
    struct sample s = {0};
    char *problem = NULL;
    assert_int_equal(sample_parse(repeated, "285", &s, &problem), ERR_OK);
    assert_int_equal(s.repeats, 40000);
    assert_true(s.seconds == 125e-9);
    sample_fini(&s);
}

static void odd_repeats_are_refused(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "0", "-1", "1.5", "", "01", "1 ", "x", " 1", "1e3", "9999999999999999"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char *text = str_fmt("value 285\nseconds 0.000000125\nrepeats %s\n"
                             "INVARIANT HELD: x\n",
                             odd[i]);
        refused(text, "is no number of repeats");
        free(text);
    }
}

static void without_a_wanted_value_any_decimal_is_taken(void **state)
{
    (void)state;
    assert_true(parsed(good, NULL) == 125e-9);
    struct sample s = {0};
    char *problem = NULL;
    assert_int_equal(sample_parse("value -1\nseconds 0.000000125\n"
                                  "INVARIANT HELD: x\n",
                                  NULL, &s, &problem),
                     ERR_INVALID);
    assert_non_null(strstr(problem, "'-1' is no decimal number"));
    free(problem);
}

static void values_wider_than_64_bits_are_compared_as_text(void **state)
{
    (void)state;
    const char *text = "value 333333328333333350000000\nseconds 0.040000000\n"
                       "INVARIANT HELD: sum\n";
    parsed(text, "333333328333333350000000");
    refused(text, "its value is 333333328333333350000000, not 285");
}

static void near_values_are_wrong(void **state)
{
    (void)state;
    refused("value 286\nseconds 0.000000125\nINVARIANT HELD: x\n", "286");
    refused("value 285 \nseconds 0.000000125\nINVARIANT HELD: x\n", "285 ");
    refused("value 0285\nseconds 0.000000125\nINVARIANT HELD: x\n", "0285");
    refused("value \nseconds 0.000000125\nINVARIANT HELD: x\n", "value");
}

static void odd_times_are_refused(void **state)
{
    (void)state;
    static const char *const odd[] = {"0.000000000",
                                      "-1.000000000",
                                      "nan",
                                      "inf",
                                      "1e-3",
                                      "0x1.8p3",
                                      "1.5",
                                      ".500000000",
                                      "0,000000125",
                                      "0.0000000000000001",
                                      "1.00000000x",
                                      "0.000000000000",
                                      " 1.000000000",
                                      "1.000000000 ",
                                      "",
                                      "+1.000000000"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char *text =
            str_fmt("value 285\nseconds %s\nINVARIANT HELD: x\n", odd[i]);
        refused(text, "is no time");
        free(text);
    }
}

static void output_without_the_token_is_refused(void **state)
{
    (void)state;
    refused("value 285\nseconds 0.000000125\n", "last line");
    refused("value 285\nseconds 0.000000125\nINVARIANT HELD: cut", "last line");
    refused("value 285\nseconds 0.000000125\nINVARIANT BROKEN: x\n",
            "its own result is wrong");
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    for (size_t n = 0; n + 1 < sizeof good; n++) {
        char *text = str_ndup(good, n);
        refused(text, "");
        free(text);
    }
    for (size_t n = 0; n + 1 < sizeof repeated; n++) {
        char *text = str_ndup(repeated, n);
        refused(text, "");
        free(text);
    }
}

static void anything_more_is_refused(void **state)
{
    (void)state;
    refused("note\nvalue 285\nseconds 0.000000125\nINVARIANT HELD: x\n",
            "lines");
    refused("value 285\nvalue 285\nseconds 0.000000125\nINVARIANT HELD: x\n",
            "lines");
    refused("value 285\nseconds 0.000000125\nrepeats 1\nrepeats 1\n"
            "INVARIANT HELD: x\n",
            "last line");
    refused("value 285\nseconds 0.000000125\nINVARIANT HELD: x\nmore\n",
            "last line");
}

/* A shell stands in for the program: it gets the arguments and the threads. */
static enum err take(const char *script, struct sample *s, struct diag *d)
{
    struct strv args = {0};
    strv_add(&args, "-c");
    strv_add(&args, script);
    struct sample_spec spec = {.program = "/bin/sh",
                               .args = &args,
                               .threads = 3,
                               .value = "285",
                               .timeout = 20};
    enum err e = sample_take(&spec, s, d);
    strv_fini(&args);
    return e;
}

static void fails(const char *script, const char *why)
{
    struct sample s = {.seconds = -1};
    struct diag d = {0};
    assert_int_equal(take(script, &s, &d), ERR_INVALID);
    assert_true(s.seconds == -1);
    assert_int_equal(d.messages.n, 1);
    if (!strstr(d.messages.v[0], why))
        fail_msg("'%s' fails with: %s", script, d.messages.v[0]);
    diag_fini(&d);
}

#define PRINT "printf 'value 285\\nseconds 0.125000000\\nINVARIANT HELD: x\\n'"

static void good_run_is_a_sample(void **state)
{
    (void)state;
    struct sample s = {0};
    struct diag d = {0};
    assert_int_equal(take(PRINT, &s, &d), ERR_OK);
    assert_true(s.seconds == 0.125);
    assert_true(s.involuntary >= 0);
    assert_string_equal(s.value, "285");
    assert_int_equal(d.messages.n, 0);
    sample_fini(&s);
}

static void threads_are_the_last_argument(void **state)
{
    (void)state;
    struct sample s = {0};
    struct diag d = {0};
    assert_int_equal(take("test $0 = 3 && " PRINT, &s, &d), ERR_OK);
    sample_fini(&s);
    fails("test $0 = 4 && " PRINT, "lines");
}

static void crash_after_good_output_is_no_sample(void **state)
{
    (void)state;
    fails(PRINT "; kill -SEGV $$", "signal 11");
    fails(PRINT "; exit 1", "ended with 1");
    fails(PRINT "; exit 3", "ended with 3");
}

static void failure_tells_the_command_and_its_words(void **state)
{
    (void)state;
    fails("echo no memory >&2; exit 2", "no memory");
    fails("echo no memory >&2; exit 2", "/bin/sh -c ");
}

static void openmp_variables_of_the_caller_do_not_count(void **state)
{
    (void)state;
    setenv("OMP_THREAD_LIMIT", "1", 1);
    setenv("OMP_DYNAMIC", "true", 1);
    struct sample s = {0};
    struct diag d = {0};
    assert_int_equal(take("test -z \"$OMP_THREAD_LIMIT\" && "
                          "test \"$OMP_PROC_BIND\" = true && "
                          "test \"$OMP_DYNAMIC\" = false && " PRINT,
                          &s, &d),
                     ERR_OK);
    sample_fini(&s);
    unsetenv("OMP_THREAD_LIMIT");
    unsetenv("OMP_DYNAMIC");
}

/* A script of that name in the PATH tells how it was called. */
static void processes_are_started_by_mpirun(void **state)
{
    (void)state;
    char dir[] = "/tmp/test-sample-XXXXXX";
    static const char script[] =
        "#!/bin/sh\n"
        "test \"$1 $2 $3 $4\" = '--bind-to core -np 3' || exit 2\n"
        "shift 4\n"
        "exec \"$@\"\n";
    assert_non_null(mkdtemp(dir));
    char *file = fs_join(dir, "mpirun"), *old = str_dup(getenv("PATH"));
    char *path = str_fmt("%s:%s", dir, old);
    assert_int_equal(fs_write(file, script, sizeof script - 1), ERR_OK);
    assert_int_equal(chmod(file, 0755), 0);
    setenv("PATH", path, 1);
    struct strv args = {0};
    strv_add(&args, "-c");
    strv_add(&args, "test $0 = 3 && " PRINT);
    struct sample_spec spec = {.program = "/bin/sh",
                               .args = &args,
                               .threads = 3,
                               .mpirun = true,
                               .value = "285",
                               .timeout = 20};
    struct sample s;
    struct diag d = {0};
    assert_int_equal(sample_take(&spec, &s, &d), ERR_OK);
    assert_true(s.seconds == 0.125);
    sample_fini(&s);
    setenv("PATH", old, 1);
    strv_fini(&args);
    fs_remove(dir);
    free(path);
    free(old);
    free(file);
}

static void missing_program_is_an_error(void **state)
{
    (void)state;
    struct strv args = {0};
    struct sample_spec spec = {.program = "/nowhere/kernel",
                               .args = &args,
                               .threads = 1,
                               .value = "285"};
    struct sample s;
    struct diag d = {0};
    assert_int_equal(sample_take(&spec, &s, &d), ERR_NOENT);
    assert_int_equal(d.messages.n, 1);
    diag_fini(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_is_read_to_the_nanosecond),
        cmocka_unit_test(time_may_be_finer_than_a_nanosecond),
        cmocka_unit_test(repeats_are_read),
        cmocka_unit_test(odd_repeats_are_refused),
        cmocka_unit_test(without_a_wanted_value_any_decimal_is_taken),
        cmocka_unit_test(processes_are_started_by_mpirun),
        cmocka_unit_test(values_wider_than_64_bits_are_compared_as_text),
        cmocka_unit_test(near_values_are_wrong),
        cmocka_unit_test(odd_times_are_refused),
        cmocka_unit_test(output_without_the_token_is_refused),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(anything_more_is_refused),
        cmocka_unit_test(good_run_is_a_sample),
        cmocka_unit_test(threads_are_the_last_argument),
        cmocka_unit_test(crash_after_good_output_is_no_sample),
        cmocka_unit_test(failure_tells_the_command_and_its_words),
        cmocka_unit_test(openmp_variables_of_the_caller_do_not_count),
        cmocka_unit_test(missing_program_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
