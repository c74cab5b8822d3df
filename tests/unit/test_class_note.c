/* The sentence on a class, and the list of pairs that are not there.
 * SPDX-License-Identifier: MIT */
#include "model/class_note.h"
#include "model/not_built.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

static void assert_note(const char *text, const char *wanted)
{
    char *note = class_note(text);
    if (wanted)
        assert_string_equal(note, wanted);
    else
        assert_null(note);
    free(note);
}

static void note_is_the_first_paragraph_on_one_line(void **state)
{
    (void)state;
    assert_note("# data-race\n\nThreads touch\n  one object.  \n\nMore.\n",
                "Threads touch one object.");
    assert_note("One line", "One line");
    assert_note("\r\n# t\r\n\r\nOf DOS,\r\ntoo.\r\n\r\nMore\r\n",
                "Of DOS, too.");
    assert_note("Before.\n# heading\nafter\n", "Before.");
}

static void text_without_a_paragraph_has_no_note(void **state)
{
    (void)state;
    assert_note("", NULL);
    assert_note("\n \n\t\n", NULL);
    assert_note("# only\n## headings\n", NULL);
}

static enum err read_text(const char *text, struct not_built **b,
                          struct diag *d)
{
    return not_built_read("not-built.yaml", text, strlen(text), b, d);
}

static void pairs_have_a_name_and_a_reason(void **state)
{
    (void)state;
    struct not_built *b = NULL;
    struct diag d = {0};
    assert_int_equal(
        read_text("pairs:\n  - {name: a/b, reason: why}\n", &b, &d), ERR_OK);
    assert_int_equal(b->pairs_count, 1);
    assert_string_equal(b->pairs[0].name, "a/b");
    assert_string_equal(b->pairs[0].reason, "why");
    not_built_free(b);
    assert_int_equal(read_text("pairs: []\n", &b, &d), ERR_OK);
    assert_int_equal(b->pairs_count, 0);
    not_built_free(b);
    not_built_free(NULL);
    assert_int_equal(d.messages.n, 0);
}

static void mistakes_of_the_list_are_told_at_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place, *what;
    } bad[] = {
        {"", "not-built.yaml:1: ", "the list is empty"},
        {"pairs:\n  - {name: a/b}\n", "not-built.yaml:2: ", "reason"},
        {"pairs:\n  - {name: '', reason: w}\n", "not-built.yaml:2: ", "name"},
        {"pairs: []\nother: x\n", "not-built.yaml:2: ", "other"},
        {"{}\n", "not-built.yaml:", "pairs"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct not_built *b = NULL;
        struct diag d = {0};
        assert_int_equal(read_text(bad[i].text, &b, &d), ERR_INVALID);
        assert_null(b);
        assert_true(scratch_said(&d, bad[i].what));
        assert_true(str_starts(d.messages.v[0], bad[i].place));
        diag_fini(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(note_is_the_first_paragraph_on_one_line),
        cmocka_unit_test(text_without_a_paragraph_has_no_note),
        cmocka_unit_test(pairs_have_a_name_and_a_reason),
        cmocka_unit_test(mistakes_of_the_list_are_told_at_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
