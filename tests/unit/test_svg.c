/* Text in SVG: what is escaped, how wide it is, where it is cut.
 * SPDX-License-Identifier: MIT */
#include "bench/svg.h"

#include "bench/stats.h"

#include <expat.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OTHER "\xEF\xBF\xBD"

static void escapes_to(const char *text, const char *expected)
{
    struct buf b = {0};
    svg_escape(&b, text);
    assert_string_equal(buf_str(&b), expected);
    buf_fini(&b);
}

static void markup_is_escaped(void **state)
{
    (void)state;
    escapes_to("a<b> & \"c\" 'd'",
               "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
    escapes_to("]]>", "]]&gt;");
    escapes_to("", "");
    escapes_to("\xC2\xB5s \xE2\x82\xAC \xF0\x9F\x90\xA7",
               "\xC2\xB5s \xE2\x82\xAC \xF0\x9F\x90\xA7");
}

static void what_xml_forbids_is_replaced(void **state)
{
    (void)state;
    escapes_to("a\x01"
               "b\x1b[31m\x7f",
               "a" OTHER "b" OTHER "[31m" OTHER);
    escapes_to("\xC2\x85\xC2\x9F\xC2\xA0", OTHER OTHER "\xC2\xA0");
    escapes_to("\xEF\xBF\xBE\xEF\xBF\xBF", OTHER OTHER);
    escapes_to("\xF0\x9F\xBF\xBE", OTHER);
    escapes_to("a\tb\nc\r", "a b c ");
}

static void bytes_that_are_no_utf8_are_replaced(void **state)
{
    (void)state;
    escapes_to("\xff"
               "a\xC3",
               OTHER "a" OTHER);
    escapes_to("\xC0\xBC", OTHER OTHER);           /* '<' overlong */
    escapes_to("\xED\xA0\x80", OTHER OTHER OTHER); /* a surrogate */
}

static void text_cannot_turn_around_what_follows(void **state)
{
    (void)state;
    escapes_to("a\xE2\x80\xAE"
               "b\xE2\x81\xA6"
               "c",
               "a" OTHER "b" OTHER "c");
}

/* 5000 texts of random bytes, that expat reads as an element's and an
 * attribute's. */
static void any_bytes_are_well_formed(void **state)
{
    (void)state;
    struct stats_random random = {1};
    for (int i = 0; i < 5000; i++) {
        char name[24] = "";
        size_t n = stats_random_below(&random, sizeof name);
        for (size_t k = 0; k < n; k++)
            name[k] = (char)(1 + stats_random_below(&random, 255));
        struct buf b = {0};
        buf_adds(&b, "<a b=\"");
        svg_escape(&b, name);
        buf_adds(&b, "\">");
        svg_escape(&b, name);
        buf_adds(&b, "</a>");
        XML_Parser p = XML_ParserCreate("UTF-8");
        assert_int_equal(XML_Parse(p, b.data, (int)b.len, 1), XML_STATUS_OK);
        XML_ParserFree(p);
        buf_fini(&b);
    }
}

static void number_is(double x, const char *expected)
{
    struct buf b = {0};
    svg_number(&b, x);
    assert_string_equal(buf_str(&b), expected);
    buf_fini(&b);
}

static void numbers_have_no_more_digits_than_a_screen_shows(void **state)
{
    (void)state;
    number_is(0, "0");
    number_is(-0.001, "0");
    number_is(540, "540");
    number_is(1.5, "1.5");
    number_is(1.05, "1.05");
    number_is(99.999, "100");
    number_is(-0.25, "-0.25");
    number_is(-12.3456, "-12.35");
}

static void width_grows_with_the_text_and_its_size(void **state)
{
    (void)state;
    assert_true(svg_width("", 10) == 0);
    assert_true(svg_width("00", 10) > 12 && svg_width("00", 10) < 13);
    assert_true(svg_width("00", 20) == 2 * svg_width("00", 10));
    assert_true(svg_width("iii", 10) < svg_width("WWW", 10));
    assert_true(svg_width("\xE5\xB9\xB6", 10) >= 10); /* a wide character */
    assert_true(svg_width("\xff\xff", 10) >= 20);     /* two replacements */
}

static void what_is_too_wide_ends_in_an_ellipsis(void **state)
{
    (void)state;
    char *whole = svg_cut("pthread", 14, 100);
    char *part = svg_cut("pthread-pool-of-workers", 14, 100);
    assert_string_equal(whole, "pthread");
    assert_true(str_starts(part, "pthread-po"));
    assert_true(str_ends(part, "\xE2\x80\xA6"));
    assert_true(svg_width(part, 14) <= 100);
    free(whole);
    free(part);
}

static void no_character_is_cut_in_two(void **state)
{
    (void)state;
    for (double width = 0; width < 80; width++) {
        char *s =
            svg_cut("\xC3\xA9\xE5\xB9\xB6\xF0\x9F\x90\xA7\xC3\xA9", 14, width);
        for (const char *p = s; *p; p += str_utf8(p))
            assert_int_not_equal(str_utf8(p), 0);
        free(s);
    }
}

static void lines_break_at_blanks(void **state)
{
    (void)state;
    struct strv l = {0};
    svg_wrap("  one two  three four ", 10, 60, 9, &l);
    assert_int_equal(l.n, 2);
    assert_string_equal(l.v[0], "one two");
    assert_string_equal(l.v[1], "three four");
    strv_fini(&l);
}

static void words_wider_than_a_line_are_broken(void **state)
{
    (void)state;
    struct strv l = {0};
    svg_wrap("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b", 10, 60, 99, &l);
    struct buf all = {0};
    for (size_t i = 0; i < l.n; i++) {
        assert_true(svg_width(l.v[i], 10) <= 60);
        buf_adds(&all, l.v[i]);
    }
    assert_true(l.n > 3);
    assert_true(str_starts(buf_str(&all), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    buf_fini(&all);
    strv_fini(&l);
}

static void last_line_tells_that_there_was_more(void **state)
{
    (void)state;
    struct strv l = {0};
    svg_wrap("one two three four five six seven", 10, 60, 2, &l);
    assert_int_equal(l.n, 2);
    assert_true(str_ends(l.v[1], "\xE2\x80\xA6"));
    strv_fini(&l);
    svg_wrap("wide", 10, 1, 5, &l); /* not even one character fits */
    assert_int_equal(l.n, 1);
    strv_fini(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_is_escaped),
        cmocka_unit_test(what_xml_forbids_is_replaced),
        cmocka_unit_test(bytes_that_are_no_utf8_are_replaced),
        cmocka_unit_test(text_cannot_turn_around_what_follows),
        cmocka_unit_test(any_bytes_are_well_formed),
        cmocka_unit_test(numbers_have_no_more_digits_than_a_screen_shows),
        cmocka_unit_test(width_grows_with_the_text_and_its_size),
        cmocka_unit_test(what_is_too_wide_ends_in_an_ellipsis),
        cmocka_unit_test(no_character_is_cut_in_two),
        cmocka_unit_test(lines_break_at_blanks),
        cmocka_unit_test(words_wider_than_a_line_are_broken),
        cmocka_unit_test(last_line_tells_that_there_was_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
