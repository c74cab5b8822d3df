/* What stays of a finding when its lines move.
 * SPDX-License-Identifier: MIT */
#include "model/fingerprint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "findings.h"
#include "scratch.h"

static void assert_code(const char *line, const char *wanted)
{
    char *code = code_normal(line, strlen(line));
    assert_string_equal(code, wanted);
    free(code);
}

static void comments_and_blanks_are_no_code(void **state)
{
    (void)state;
    assert_code("    tickets++; /* one more */ // and one", "tickets++;");
    assert_code("\tint  a =\tb + 1;", "int a=b+1;");
    assert_code("a/* x */b", "a b");
    assert_code("return /* open", "return");
    assert_code("", "");
}

static void literals_stay_as_they_are(void **state)
{
    (void)state;
    assert_code("puts(\"a  /* b */\");", "puts(\"a  /* b */\");");
    assert_code("c = '\"'; // d", "c='\"';");
    assert_code("s = \"\\\" // x\";", "s=\"\\\" // x\";");
    assert_code("\"open", "\"open");
}

/* The fingerprint of a race of lines a and b of dir/name. */
static char *print_of(const char *dir, const char *name, int a, int b,
                      const char *function)
{
    struct findings l = {0};
    struct landmarks landmarks = {0};
    char *path = fs_join(dir, name);
    struct finding *f = add_race(&l, "drd", path, a, b);
    for (size_t i = 0; i < 2; i++) {
        struct frame *place = &f->accesses.v[i].stack.v[0];
        free(place->function);
        place->function = str_dup(function);
    }
    landmarks_of(f, &landmarks);
    char *print = fingerprint_of(f, &landmarks);
    landmarks_fini(&landmarks);
    findings_fini(&l);
    free(path);
    return print;
}

static void assert_same(char *a, char *b, bool same)
{
    assert_int_equal(str_eq(a, b), same);
    assert_int_equal(strlen(a), 32);
    free(a);
    free(b);
}

static void lines_and_folders_may_move(void **state)
{
    const char *dir = *state;
    scratch_write(dir, "a.c", "x = 1;\ny = 2;\n");
    scratch_write(dir, "new/a.c", "/* head */\n\n  x=1; // here\n\ny = 2;\n");
    assert_same(print_of(dir, "a.c", 1, 2, "f"),
                print_of(dir, "new/a.c", 5, 3, "f"), true);
}

static void code_file_and_function_may_not_change(void **state)
{
    const char *dir = *state;
    scratch_write(dir, "a.c", "x = 1;\ny = 2;\n");
    scratch_write(dir, "b.c", "x = 1;\ny = 2;\n");
    scratch_write(dir, "new/a.c", "x = 1;\ny = 3;\n");
    assert_same(print_of(dir, "a.c", 1, 2, "f"),
                print_of(dir, "new/a.c", 1, 2, "f"), false);
    assert_same(print_of(dir, "a.c", 1, 2, "f"),
                print_of(dir, "b.c", 1, 2, "f"), false);
    assert_same(print_of(dir, "a.c", 1, 2, "f"),
                print_of(dir, "a.c", 1, 2, "g"), false);
    assert_same(print_of(dir, "a.c", 1, 2, "f"),
                print_of(dir, "a.c", 1, 1, "f"), false);
}

static void what_compilers_append_to_a_name_is_not_its_own(void **state)
{
    const char *dir = *state;
    scratch_write(dir, "a.c", "x = 1;\n");
    assert_same(print_of(dir, "a.c", 1, 1, "f"),
                print_of(dir, "a.c", 1, 1, "f.constprop.0"), true);
    assert_same(print_of(dir, "a.c", 1, 1, "f"),
                print_of(dir, "a.c", 1, 1, "f(int, char*)"), true);
}

static void without_a_place_the_words_count(void **state)
{
    (void)state;
    struct findings l = {0};
    struct landmarks none = {0};
    findings_add(&l, "drd", KIND_LOCK_MISUSE, "MutexErr");
    findings_add(&l, "drd", KIND_LOCK_MISUSE, "CondErr");
    assert_same(fingerprint_of(&l.v[0], &none), fingerprint_of(&l.v[1], &none),
                false);
    findings_fini(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_and_blanks_are_no_code),
        cmocka_unit_test(literals_stay_as_they_are),
        SCRATCH_TEST(lines_and_folders_may_move),
        SCRATCH_TEST(code_file_and_function_may_not_change),
        SCRATCH_TEST(what_compilers_append_to_a_name_is_not_its_own),
        cmocka_unit_test(without_a_place_the_words_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
