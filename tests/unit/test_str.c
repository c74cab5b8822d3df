/* C strings and lists of them.
 * SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void copies_are_equal_and_apart(void **state)
{
    (void)state;
    char text[] = "text";
    char *a = str_dup(text), *b = str_ndup(text, 2),
         *c = str_fmt("%s-%d", a, 5);
    text[0] = 'n';
    assert_string_equal(a, "text");
    assert_string_equal(b, "te");
    assert_string_equal(c, "text-5");
    assert_null(str_dup(NULL));
    free(a);
    free(b);
    free(c);
}

static void equality_knows_null(void **state)
{
    (void)state;
    assert_true(str_eq("a", "a"));
    assert_false(str_eq("a", "ab"));
    assert_false(str_eq("a", NULL));
    assert_false(str_eq(NULL, "a"));
    assert_true(str_eq(NULL, NULL));
}

static void ends_are_tested(void **state)
{
    (void)state;
    assert_true(str_starts("buggy.c", "buggy"));
    assert_true(str_starts("buggy.c", ""));
    assert_false(str_starts("bug", "buggy"));
    assert_true(str_ends("buggy.c", ".c"));
    assert_true(str_ends("buggy.c", ""));
    assert_false(str_ends("c", ".c"));
    assert_false(str_ends("buggy.cc", ".c"));
}

static void basename_follows_the_last_slash(void **state)
{
    (void)state;
    assert_string_equal(str_basename("/a/b.c"), "b.c");
    assert_string_equal(str_basename("b.c"), "b.c");
    assert_string_equal(str_basename("a/"), "");
}

/* What a real shell reads back. */
static void quoted_word_survives_the_shell(void **state)
{
    (void)state;
    const char *words[] = {
        "plain-1.2/x", "",  "two words", "it's", "'",  "$HOME", "a\"b`c`\\",
        "*?[",         "~", "a;b&c|d>e", "#",    "!x", "\t"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct buf command = {0};
        char line[64] = "";
        buf_adds(&command, "printf %s ");
        str_shell_quote(&command, words[i]);
        FILE *shell = popen(buf_str(&command), "r");
        assert_non_null(shell);
        size_t n = fread(line, 1, sizeof line - 1, shell);
        assert_int_equal(pclose(shell), 0);
        assert_int_equal(n, strlen(words[i]));
        assert_string_equal(line, words[i]);
        buf_fini(&command);
    }
}

static void plain_word_is_not_quoted(void **state)
{
    (void)state;
    struct buf b = {0};
    str_shell_quote(&b, "-DNAME=a_b,c:d@e%f+1");
    assert_string_equal(buf_str(&b), "-DNAME=a_b,c:d@e%f+1");
    buf_fini(&b);
}

static void list_stands_for_an_argv(void **state)
{
    (void)state;
    struct strv l = {0}, more = {0};
    for (int i = 0; i < 100; i++) {
        strv_addf(&l, "%d", i);
        assert_null(l.v[i + 1]);
    }
    strv_add(&more, "x");
    strv_take(&more, str_dup("y"));
    strv_add_all(&l, &more);
    assert_int_equal(l.n, 102);
    assert_string_equal(l.v[99], "99");
    assert_string_equal(l.v[101], "y");
    assert_null(l.v[102]);
    assert_true(strv_has(&l, "x"));
    assert_false(strv_has(&l, "100"));
    strv_fini(&more);
    strv_fini(&l);
    assert_int_equal(l.n, 0);
}

static void index_is_that_of_the_first(void **state)
{
    (void)state;
    struct strv l = {0};
    assert_int_equal(strv_index(&l, "a"), 0);
    assert_int_equal(strv_index(&l, "b"), 1);
    assert_int_equal(strv_index(&l, "a"), 0);
    assert_int_equal(l.n, 2);
    assert_string_equal(l.v[1], "b");
    strv_fini(&l);
}

static void split_drops_empty_parts_and_blanks(void **state)
{
    (void)state;
    struct strv l = {0};
    strv_split(&l, " tsan, helgrind ,,\t, a b ,", ',');
    assert_int_equal(l.n, 3);
    assert_string_equal(l.v[0], "tsan");
    assert_string_equal(l.v[1], "helgrind");
    assert_string_equal(l.v[2], "a b");
    strv_split(&l, "", ',');
    assert_int_equal(l.n, 3);
    strv_fini(&l);
}

static void sort_is_by_bytes(void **state)
{
    (void)state;
    struct strv l = {0};
    strv_sort(&l);
    const char *words[] = {"b", "a", "B", "aa"};
    for (size_t i = 0; i < 4; i++)
        strv_add(&l, words[i]);
    strv_sort(&l);
    const char *expected[] = {"B", "a", "aa", "b"};
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(l.v[i], expected[i]);
    assert_null(l.v[4]);
    strv_fini(&l);
}

static void utf8_characters_are_measured(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n;
    } at[] = {
        {"", 0},
        {"a", 1},
        {"\x7f", 1},
        {"\xc3\xbc", 2},
        {"\xe2\x82\xac", 3},
        {"\xed\x9f\xbf", 3},
        {"\xf0\x90\x80\x80", 4},
        {"\xf4\x8f\xbf\xbf", 4},
        {"\x80", 0},
        {"\xbf", 0},
        {"\xc3", 0}, /* cut short */
        {"\xc3(", 0},
        {"\xe2\x82", 0},
        {"\xe2\x82(", 0},
        {"\xf0\x90\x80", 0},
        {"\xc0\xaf", 0}, /* overlong */
        {"\xe0\x9f\xbf", 0},
        {"\xf0\x8f\xbf\xbf", 0},
        {"\xed\xa0\x80", 0},     /* a surrogate */
        {"\xf4\x90\x80\x80", 0}, /* beyond U+10FFFF */
        {"\xf5\x80\x80\x80", 0},
        {"\xff", 0},
    };
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        assert_int_equal(str_utf8(at[i].text), at[i].n);
}

static void utf8_characters_are_read(void **state)
{
    (void)state;
    assert_int_equal(str_code_point("", 0), 0);
    assert_int_equal(str_code_point("a", 1), 'a');
    assert_int_equal(str_code_point("\xc3\xbc", 2), 0xfc);
    assert_int_equal(str_code_point("\xe2\x82\xac", 3), 0x20ac);
    assert_int_equal(str_code_point("\xf4\x8f\xbf\xbf", 4), 0x10ffff);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_equal_and_apart),
        cmocka_unit_test(equality_knows_null),
        cmocka_unit_test(ends_are_tested),
        cmocka_unit_test(basename_follows_the_last_slash),
        cmocka_unit_test(quoted_word_survives_the_shell),
        cmocka_unit_test(plain_word_is_not_quoted),
        cmocka_unit_test(list_stands_for_an_argv),
        cmocka_unit_test(index_is_that_of_the_first),
        cmocka_unit_test(split_drops_empty_parts_and_blanks),
        cmocka_unit_test(sort_is_by_bytes),
        cmocka_unit_test(utf8_characters_are_measured),
        cmocka_unit_test(utf8_characters_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
