/* The compiler driver understands a command line as cc does, and keeps nothing
 * that would undo what it adds.
 * SPDX-License-Identifier: MIT */
#include "explore/driver.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static struct driver_job parse(const char *line)
{
    static struct strv words;
    struct driver_job job;
    strv_fini(&words);
    strv_split(&words, line, ' ');
    driver_parse(words.v, &job);
    return job;
}

static void sources_objects_and_flags_are_told_apart(void **state)
{
    (void)state;
    struct driver_job j = parse("-I inc -DX=1 a.c b.o libz.a -lm -o out");
    assert_true(j.links && !j.passes && !j.refused);
    assert_int_equal(j.sources.n, 1);
    assert_int_equal(j.objects.n, 2);
    assert_string_equal(j.out, "out");
    assert_true(strv_has(&j.flags, "-I") && strv_has(&j.flags, "inc"));
    assert_true(strv_has(&j.flags, "-lm") && strv_has(&j.flags, "-DX=1"));
    driver_job_fini(&j);
}

static void a_word_of_an_option_is_no_source(void **state)
{
    (void)state;
    struct driver_job j = parse("-c -MF deps.c -include pre.c a.c");
    assert_false(j.links);
    assert_int_equal(j.sources.n, 1);
    assert_string_equal(j.sources.v[0], "a.c");
    driver_job_fini(&j);
}

static void optimisation_and_pie_are_dropped(void **state)
{
    (void)state;
    struct driver_job j = parse("-O2 -pie -fbuiltin -g a.c");
    assert_false(strv_has(&j.flags, "-O2"));
    assert_false(strv_has(&j.flags, "-pie"));
    assert_false(strv_has(&j.flags, "-fbuiltin"));
    assert_true(strv_has(&j.flags, "-g"));
    driver_job_fini(&j);
}

static void what_cannot_be_explored_is_refused(void **state)
{
    (void)state;
    static const char *const lines[] = {"-shared a.c", "-static a.c",
                                        "-fopenmp a.c", "-flto a.c",
                                        "-fsanitize=address a.c"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct driver_job j = parse(lines[i]);
        assert_non_null(j.refused);
        driver_job_fini(&j);
    }
    struct driver_job j = parse("-fsanitize=thread a.c");
    assert_null(j.refused);
    driver_job_fini(&j);
}

static void what_neither_compiles_nor_links_is_passed_on(void **state)
{
    (void)state;
    static const char *const lines[] = {"--version", "-E a.c", "-MM a.c",
                                        "-dumpmachine"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct driver_job j = parse(lines[i]);
        assert_true(j.passes);
        driver_job_fini(&j);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sources_objects_and_flags_are_told_apart),
        cmocka_unit_test(a_word_of_an_option_is_no_source),
        cmocka_unit_test(optimisation_and_pie_are_dropped),
        cmocka_unit_test(what_cannot_be_explored_is_refused),
        cmocka_unit_test(what_neither_compiles_nor_links_is_passed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
