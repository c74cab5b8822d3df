/* Build commands with places to be filled in.
 * SPDX-License-Identifier: MIT */
#include "engine/own_command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct strv flags;

static char *fill(const char *command)
{
    struct diag d = {0};
    struct own_words w = {"drd", "clang-19", &flags, "/tmp/b c"};
    char *line = own_command_fill(command, &w, &d);
    assert_int_equal(d.messages.n, 0);
    diag_fini(&d);
    return line;
}

static void assert_filled(const char *command, const char *wanted)
{
    char *line = fill(command);
    assert_string_equal(line, wanted);
    free(line);
}

static void flags_are_words_where_the_place_stands_alone(void **state)
{
    (void)state;
    assert_filled("{cc} {cflags} x.c", "clang-19 -g -pthread x.c");
    assert_filled("{cflags}", "-g -pthread");
}

static void flags_are_one_word_as_part_of_another(void **state)
{
    (void)state;
    assert_filled("make CFLAGS+={cflags} all",
                  "make CFLAGS+='-g -pthread' all");
}

static void in_quotes_they_go_as_they_are(void **state)
{
    (void)state;
    assert_filled("make 'CFLAGS={cflags} -O1'",
                  "make 'CFLAGS=-g -pthread -O1'");
    assert_filled("make \"A={cflags}\"", "make \"A=-g -pthread\"");
    assert_filled("echo '\"' {cc}", "echo '\"' clang-19");
}

static void a_folder_with_a_blank_is_one_word(void **state)
{
    (void)state;
    assert_filled("cmake -B {builddir}", "cmake -B '/tmp/b c'");
    assert_filled("cp x {builddir}/x", "cp x '/tmp/b c'/x");
}

static void the_linker_gets_what_it_needs(void **state)
{
    (void)state;
    assert_filled("{cxx} {ldflags} {detector}", "clang++-19 -pthread drd");
    char *plain = own_command_cxx("gcc");
    assert_string_equal(plain, "g++");
    free(plain);
}

static void braces_of_the_shell_stay(void **state)
{
    (void)state;
    assert_filled("find . -exec rm {} +; echo ${x} {a,b}",
                  "find . -exec rm {} +; echo ${x} {a,b}");
}

static void an_unknown_place_is_told(void **state)
{
    (void)state;
    struct diag d = {0};
    struct own_words w = {"drd", "gcc", &flags, "/tmp/b"};
    assert_null(own_command_fill("make {flags}", &w, &d));
    assert_int_equal(d.messages.n, 1);
    assert_non_null(strstr(d.messages.v[0], "{flags}"));
    diag_fini(&d);
}

int main(void)
{
    strv_add(&flags, "-g");
    strv_add(&flags, "-pthread");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_are_words_where_the_place_stands_alone),
        cmocka_unit_test(flags_are_one_word_as_part_of_another),
        cmocka_unit_test(in_quotes_they_go_as_they_are),
        cmocka_unit_test(a_folder_with_a_blank_is_one_word),
        cmocka_unit_test(the_linker_gets_what_it_needs),
        cmocka_unit_test(braces_of_the_shell_stay),
        cmocka_unit_test(an_unknown_place_is_told),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    strv_fini(&flags);
    return failed;
}
