/* The compiler driver understands a command line as cc does, and keeps nothing
 * that would undo what it adds.
 * SPDX-License-Identifier: MIT */
#include "explore/driver.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static void a_language_makes_any_file_a_source(void **state)
{
    (void)state;
    struct driver_job j = parse("-x c a.txt - -x none b.c b.o");
    assert_int_equal(j.sources.n, 3);
    assert_string_equal(j.languages.v[0], "c");
    assert_string_equal(j.sources.v[1], "-");
    assert_string_equal(j.languages.v[2], "");
    assert_int_equal(j.objects.n, 1);
    assert_false(strv_has(&j.flags, "-x"));
    driver_job_fini(&j);
}

static void the_linker_has_all_in_its_order(void **state)
{
    (void)state;
    struct driver_job j = parse("a.c -Wl,-a x.a -Wl,-b -oout b.s -lm");
    static const char *const line[] = {DRIVER_SOURCE, "-Wl,-a",      "x.a",
                                       "-Wl,-b",      DRIVER_SOURCE, "-lm"};
    assert_string_equal(j.out, "out");
    assert_int_equal(j.line.n, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(j.line.v[i], line[i]);
    assert_true(driver_is_assembly(j.sources.v[1]));
    driver_job_fini(&j);
}

static void the_words_of_a_file_are_words(void **state)
{
    (void)state;
    char path[] = "/tmp/lockstep-words-XXXXXX", *name;
    int fd = mkstemp(path);
    static const char text[] = "-DX='a b'\n  c\\ d.c \"\" @no-such-file";
    assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
    close(fd);
    assert_true(asprintf(&name, "@%s", path) > 0);
    char *argv[] = {name, (char *)"last", NULL};
    struct strv words = {0};
    driver_words(argv, &words);
    static const char *const wanted[] = {"-DX=a b", "c d.c", "",
                                         "@no-such-file", "last"};
    assert_int_equal(words.n, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(words.v[i], wanted[i]);
    strv_fini(&words);
    free(name);
    unlink(path);
}

static void dependences_are_those_of_the_object(void **state)
{
    (void)state;
    struct driver_job j = parse("-MMD -c dir/a.c -o out/b.o");
    struct strv words = {0};
    driver_dependences(&j, "dir/a.c", "out/b.o", &words);
    assert_int_equal(words.n, 4);
    assert_string_equal(words.v[1], "out/b.o");
    assert_string_equal(words.v[3], "out/b.d");
    strv_fini(&words);
    driver_job_fini(&j);
    j = parse("-MD -MF x.d -MT t a.c");
    driver_dependences(&j, "a.c", "/tmp/0.o", &words);
    assert_int_equal(words.n, 0);
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
    static const char *const lines[] = {"-shared a.c",
                                        "-static a.c",
                                        "-fopenmp a.c",
                                        "-flto a.c",
                                        "-masm=intel a.c",
                                        "-c a.cpp",
                                        "-fsanitize=address a.c",
                                        "-x c++ -c a.txt",
                                        "-r a.o b.o",
                                        "--coverage a.c"};
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
        cmocka_unit_test(a_language_makes_any_file_a_source),
        cmocka_unit_test(the_linker_has_all_in_its_order),
        cmocka_unit_test(the_words_of_a_file_are_words),
        cmocka_unit_test(dependences_are_those_of_the_object),
        cmocka_unit_test(optimisation_and_pie_are_dropped),
        cmocka_unit_test(what_cannot_be_explored_is_refused),
        cmocka_unit_test(what_neither_compiles_nor_links_is_passed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
