/* Words, lists and prose as they are written: read again, they are the same.
 * SPDX-License-Identifier: MIT */
#include "model/yaml.h"

#include "model/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

static struct manifest *read_back(const struct buf *b)
{
    struct manifest *m = NULL;
    struct diag d = {0};
    char *text = str_fmt(SCRATCH_HEAD "%s", buf_str(b));
    if (manifest_read("m", text, strlen(text), &m, &d) != ERR_OK) {
        scratch_said(&d, "\n");
        print_message("of: %s\n", text);
    }
    assert_non_null(m);
    diag_fini(&d);
    free(text);
    return m;
}

static void assert_field(void (*write)(struct buf *, int, const char *,
                                       const char *),
                         const char *value, const char *wanted)
{
    struct buf b = {0};
    write(&b, 4, "key", value);
    assert_string_equal(buf_str(&b), wanted);
    buf_fini(&b);
}

static void word_is_bare_where_that_is_safe(void **state)
{
    (void)state;
    static const struct {
        const char *word, *wanted;
    } words[] = {
        {"tsan-gcc", "tsan-gcc"},
        {"lock-order-inversion (potential deadlock)",
         "lock-order-inversion (potential deadlock)"},
        {"fixed-2", "fixed-2"},
        {"", "\"\""},
        {"8", "\"8\""},
        {"-O2", "\"-O2\""},
        {"a, b", "\"a, b\""},
        {"a: b", "\"a: b\""},
        {"a #b", "\"a #b\""},
        {"a]", "\"a]\""},
        {"end ", "\"end \""},
        {"No", "\"No\""},
        {"null", "\"null\""},
        {"nullable", "nullable"},
        {"say \"\\\"", "\"say \\\"\\\\\\\"\""},
        {"a\tb\n", "\"a\\u0009b\\n\""},
        {"\xc3\xa9", "\"\xc3\xa9\""},
        {"a\xe2\x80\xa8", "\"a\\u2028\""},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct buf b = {0};
        yaml_word(&b, words[i].word);
        assert_string_equal(buf_str(&b), words[i].wanted);
        buf_fini(&b);
    }
}

static void words_are_read_as_they_were_written(void **state)
{
    (void)state;
    static char *const words[] = {"a",
                                  "",
                                  " ",
                                  "8",
                                  "a, [b]: {c} #d",
                                  "'\"\\",
                                  "\t\n\x01\x7f",
                                  "\xc3\xa9 \xf0\x9f\x98\x80",
                                  "\xc2\x85\xc2\x80\xe2\x80\xa8\xef\xbb\xbf",
                                  "true",
                                  "-",
                                  "? x",
                                  "&a *b !c | > % @ `"};
    const unsigned n = sizeof words / sizeof *words;
    for (int quoted = 0; quoted < 2; quoted++) {
        struct buf b = {0}, list = {0};
        yaml_list(&list, words, n, quoted);
        yaml_field(&b, 0, "args", buf_str(&list));
        struct manifest *m = read_back(&b);
        assert_int_equal(m->args_count, n);
        for (unsigned i = 0; i < n; i++)
            assert_string_equal(m->args[i], words[i]);
        manifest_free(m);
        buf_fini(&list);
        buf_fini(&b);
    }
}

static void long_list_goes_on_in_the_next_line(void **state)
{
    (void)state;
    assert_field(yaml_field, "[a, b]", "    key: [a, b]\n");
    assert_field(
        yaml_field,
        "[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbb, "
        "c, \"d, d\", e, f, g]",
        "    key: [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, "
        "bbbbbbbbbbbbbbbbbbbbbbbbbbb, c,\n"
        "      \"d, d\", e, f, g]\n");
}

static void prose_is_folded_at_80_columns(void **state)
{
    (void)state;
    assert_field(yaml_prose, "Short.", "    key: >-\n      Short.\n");
    assert_field(
        yaml_prose,
        "One two three four five six seven eight nine ten eleven twelve 13 "
        "14 15 and sixteen \xc3\xa9\xc3\xa9.",
        "    key: >-\n"
        "      One two three four five six seven eight nine ten eleven "
        "twelve 13 14 15\n"
        "      and sixteen \xc3\xa9\xc3\xa9.\n");
    assert_field(yaml_prose, "One.\nTwo.\n\nThree.\n",
                 "    key: >\n      One.\n\n      Two.\n\n\n      Three.\n");
}

/* Each character but blanks and breaks in the 74 columns that there are. */
static void line_is_as_long_as_it_can_be(void **state)
{
    (void)state;
    char word[75];
    memset(word, 'x', 74);
    word[74] = '\0';
    for (int length = 73; length <= 74; length++) {
        char *text = str_fmt("%.*s y", length - 2, word);
        struct buf b = {0};
        yaml_prose(&b, 4, "key", text);
        assert_int_equal(strrchr(buf_str(&b), 'y')[-1], ' ');
        buf_fini(&b);
        free(text);
    }
    char *text = str_fmt("%.73s y", word);
    struct buf b = {0};
    yaml_prose(&b, 4, "key", text);
    assert_non_null(strstr(buf_str(&b), "x\n      y\n"));
    buf_fini(&b);
    free(text);
}

static void prose_is_read_as_it_was_written(void **state)
{
    (void)state;
    char word[100];
    memset(word, 'x', 99);
    word[99] = '\0';
    const char *const texts[] = {
        "a",
        "#a",
        "- a",
        "a: b # c",
        "'a'",
        "> a",
        "---",
        "...",
        "a  b",
        "a\nb",
        "a\n\n\nb",
        "a\n",
        "a\n\n",
        "\na",
        " a",
        "a ",
        "a \nb",
        "a\n b",
        "a\tb",
        "a\r\nb",
        "a \xe2\x80\xa8 b",
        "\xc3\xa9",
        word,
        "Two blanks  in a  text that  is so  long that  it has to be  broken  "
        "in two,  and more  of them  here.",
        "A text whose words are all short, so that there is much choice where "
        "to break it: a b c d e f g h i j k l m n o p q r s t u v w x y z.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (int lead = 0; lead < 2; lead++) {
            struct buf b = {0};
            char *text = str_fmt("%s%s", lead ? word : "", texts[i]);
            buf_adds(&b, "expect:\n  - detectors: [d]\n    verdict: missed\n");
            yaml_prose(&b, 4, "reason", text);
            buf_adds(&b, "    runs: 3\n");
            struct manifest *m = read_back(&b);
            assert_null(strstr(buf_str(&b), " \n"));
            assert_string_equal(m->expect[0].reason, text);
            assert_int_equal(m->expect[0].runs, 3);
            manifest_free(m);
            buf_fini(&b);
            free(text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(word_is_bare_where_that_is_safe),
        cmocka_unit_test(words_are_read_as_they_were_written),
        cmocka_unit_test(long_list_goes_on_in_the_next_line),
        cmocka_unit_test(prose_is_folded_at_80_columns),
        cmocka_unit_test(line_is_as_long_as_it_can_be),
        cmocka_unit_test(prose_is_read_as_it_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
