/* Text of unknown origin in each format.
 * SPDX-License-Identifier: MIT */
#include "formats/support/base64.h"
#include "formats/support/escape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void is(void (*escape)(struct buf *out, const char *s), const char *s,
               const char *want)
{
    struct buf b = {0};
    escape(&b, s);
    assert_string_equal(buf_str(&b), want);
    buf_fini(&b);
}

static void what_no_format_carries_is_told_in_its_place(void **state)
{
    (void)state;
    is(escape_xml, "a\001\033\x7f\r", "a\\x01\\x1b\\x7f\\x0d");
    is(escape_xml, "\xff\xc3(\xed\xa0\x80", "\\xff\\xc3(\\xed\\xa0\\x80");
    is(escape_xml, "\xc2\x85", "\\xc2\\x85");
    is(escape_xml, "\xe2\x80\xae\xe2\x81\xa6\xef\xbf\xbe",
       "\\u{202e}\\u{2066}\\u{fffe}");
    is(escape_xml,
       "Gl\xc3\xbc"
       "ck \xf0\x9f\x8d\x80\n\t",
       "Gl\xc3\xbc"
       "ck \xf0\x9f\x8d\x80\n\t");
    is(escape_xml, NULL, "");
}

static void text_that_ends_within_a_character_is_mended(void **state)
{
    (void)state;
    struct buf b = {0};
    escape_mend(&b, "x\xe2\x82\xac", 3);
    assert_string_equal(buf_str(&b), "x\\xe2\\x82");
    buf_clear(&b);
    escape_mend(&b, "a\0b", 3);
    assert_string_equal(buf_str(&b), "a\\x00b");
    buf_fini(&b);
}

static void markup_is_text(void **state)
{
    (void)state;
    is(escape_xml, "<a b=\"c\">&']]>",
       "&lt;a b=&quot;c&quot;&gt;&amp;&#39;]]&gt;");
    is(escape_attribute, "a\nb\t\"", "a&#10;b&#9;&quot;");
    is(escape_markdown, "a|b*c_d`e`[f](g)\n<h>&#~$!\\",
       "a\\|b\\*c\\_d\\`e\\`\\[f\\](g) &lt;h&gt;&amp;\\#\\~\\$\\!\\\\");
    is(escape_sarif, "[a](1)\\", "\\[a\\](1)\\\\");
}

static void spreadsheets_see_no_formula(void **state)
{
    (void)state;
    is(escape_csv, "plain", "plain");
    is(escape_csv, "a,b", "\"a,b\"");
    is(escape_csv, "a\"b\nc", "\"a\"\"b\nc\"");
    is(escape_csv, "=1+1", "\"'=1+1\"");
    is(escape_csv, "@x", "\"'@x\"");
    is(escape_csv, "-1", "\"'-1\"");
    is(escape_csv, "+1", "\"'+1\"");
    is(escape_csv, "\tx", "\"'\tx\"");
    is(escape_csv, "a;=1", "\"a;=1\"");
    is(escape_csv, "", "");
}

static void commands_stay_in_their_line(void **state)
{
    (void)state;
    is(escape_command, "a%b\n::error::c,d:e", "a%25b%0A::error::c,d:e");
    is(escape_command_property, "a,b:c%0A\n", "a%2Cb%3Ac%250A%0A");
}

static void paths_are_uris(void **state)
{
    (void)state;
    is(escape_uri, "a b/c#d?e%f\xff.c", "a%20b/c%23d%3Fe%25f%FF.c");
    is(escape_uri, "cases/a-b_c.c", "cases/a-b_c.c");
    is(escape_uri, "<\"\n", "%3C%22%0A");
}

/* RFC 4648, section 10. */
static void base64_is_that_of_the_standard(void **state)
{
    static const char *const known[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct buf b = {0};
        base64_add(&b, known[i][0], i);
        assert_string_equal(buf_str(&b), known[i][1]);
        buf_fini(&b);
    }
    struct buf b = {0};
    base64_add_hex(&b, "666f6f62ff");
    assert_string_equal(buf_str(&b), "Zm9vYv8=");
    buf_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_no_format_carries_is_told_in_its_place),
        cmocka_unit_test(text_that_ends_within_a_character_is_mended),
        cmocka_unit_test(markup_is_text),
        cmocka_unit_test(spreadsheets_see_no_formula),
        cmocka_unit_test(commands_stay_in_their_line),
        cmocka_unit_test(paths_are_uris),
        cmocka_unit_test(base64_is_that_of_the_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
