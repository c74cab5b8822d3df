/* What was measured, put into the text of a manifest: what changes, and what
 * must not.
 * SPDX-License-Identifier: MIT */
#include "model/record.h"

#include "model/corpus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

/* A manifest and a record of it that may be changed. */
struct file {
    char *text;
    struct manifest *m;
    struct record r;
    struct record_text t;
    struct diag d;
};

static void record_all(struct file *f)
{
    for (unsigned i = 0; i < f->m->plain_count; i++)
        vec_push(&f->r.plain, ((struct plain_record){f->m->plain[i], (int)i}));
    for (unsigned i = 0; i < f->m->expect_count; i++) {
        struct expect_record e = {.is = f->m->expect[i], .from = (int)i};
        for (unsigned j = 0; j < f->m->expect[i].detectors_count; j++)
            strv_add(&e.detectors, f->m->expect[i].detectors[j]);
        vec_push(&f->r.expect, e);
    }
}

/* The record says what the text says. Takes text. */
static void open_text(struct file *f, char *text)
{
    *f = (struct file){.text = text};
    if (manifest_read("case.yaml", text, strlen(text), &f->m, &f->d) != ERR_OK)
        scratch_said(&f->d, "\n");
    assert_non_null(f->m);
    record_all(f);
}

static enum err write_text(struct file *f)
{
    record_text_fini(&f->t);
    return record_write(&f->r, f->m, "case.yaml", f->text, strlen(f->text),
                        &f->t, &f->d);
}

static void close_text(struct file *f)
{
    record_text_fini(&f->t);
    record_fini(&f->r);
    manifest_free(f->m);
    diag_fini(&f->d);
    free(f->text);
}

static void assert_written(struct file *f, const char *wanted)
{
    enum err e = write_text(f);
    assert_string_equal(buf_str(&f->t.whole), wanted);
    assert_int_equal(e, ERR_OK);
    assert_int_equal(f->d.messages.n, 0);
}

static void open_lists(struct file *f, const char *lists)
{
    open_text(f, str_fmt(SCRATCH_HEAD SCRATCH_TRUTH "%s", lists));
}

/* HEAD and TRUTH, and then `wanted`. */
static void assert_lists(struct file *f, const char *wanted)
{
    char *whole = str_fmt(SCRATCH_HEAD SCRATCH_TRUTH "%s", wanted);
    assert_written(f, whole);
    free(whole);
}

static struct expectation *expect(struct file *f, size_t i)
{
    return &f->r.expect.v[i].is;
}

static void add_expect(struct file *f, const char *detector,
                       const struct expectation *is, int from)
{
    struct expect_record e = {.is = *is, .from = from};
    strv_add(&e.detectors, detector);
    vec_push(&f->r.expect, e);
}

#define COMMENTED                                                              \
    "# before\n"                                                               \
    "plain: # of all\n"                                                        \
    "  # of the first\n"                                                       \
    "  - {variant: buggy, shows: 96, runs: 100} # of its line\n"               \
    "\n"                                                                       \
    "  # of the second\n"                                                      \
    "  - runs: 100\n"                                                          \
    "    shows: 3\n"                                                           \
    "    flags: [\"-O2\"]\n"                                                   \
    "# between\n"                                                              \
    "\n"                                                                       \
    "expect:\n"                                                                \
    "- {detectors: [a, b], verdict: flagged}\n"                                \
    "# of the miss\n"                                                          \
    "- detectors: [c]\n"                                                       \
    "  verdict: missed\n"                                                      \
    "  reason: >-\n"                                                           \
    "    Some reason\n"                                                        \
    "    or other.\n"                                                          \
    "  # after the reason\n"                                                   \
    "- {detectors: [d], verdict: sometimes, rate: 0.40, runs: 20, reason: "    \
    "r}\n"                                                                     \
    "\n"                                                                       \
    "# after\n"                                                                \
    "cwe: [362]\n"

static void unchanged_record_gives_the_same_bytes(void **state)
{
    (void)state;
    static const char *const lists[] = {
        "",
        "\n# end\n",
        COMMENTED,
        "plain: [{shows: 1, runs: 2}] # flow\nexpect: []\n",
        "plain: [{shows: 1,\n  runs: 2}]\n",
        "expect:\n  -\n    detectors:\n      - a\n      - b\n    verdict: "
        "flagged\nplain:\n  - shows: 1\n    runs: 2\n",
        "expect:\n  - detectors: [a]\n    verdict: missed\n    reason: |+\n"
        "      # no comment\n\n\n\ncwe: [1]\n",
        "plain:\n  - {shows: 1, runs: 2}",
        "\"plain\":\n  - {\"shows\": 1, 'runs': 2}\n...\n",
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct file f;
        open_lists(&f, lists[i]);
        assert_lists(&f, lists[i]);
        close_text(&f);
    }
}

/* Every case of the corpus, so also every one to come. */
static void corpus_is_written_as_it_stands(void **state)
{
    (void)state;
    struct corpus c;
    struct diag d = {0};
    assert_int_equal(corpus_load(SOURCE_DIR "/cases", NULL, &c, &d), ERR_OK);
    assert_true(c.cases.n > 0);
    for (size_t i = 0; i < c.cases.n; i++) {
        struct file f;
        struct buf text = {0};
        assert_int_equal(fs_read(c.cases.v[i].manifest_path, &text), ERR_OK);
        char *wanted = buf_take(&text);
        open_text(&f, str_dup(wanted));
        assert_written(&f, wanted);
        free(wanted);
        close_text(&f);
    }
    corpus_fini(&c);
    diag_fini(&d);
}

/* Takes away the digits. */
static char *without_numbers(const char *text)
{
    struct buf b = {0};
    for (; *text; text++)
        if (!strchr("0123456789", *text))
            buf_add(&b, text, 1);
    return buf_take(&b);
}

static void only_the_numbers_of_the_corpus_change(void **state)
{
    (void)state;
    struct corpus c;
    struct diag d = {0};
    assert_int_equal(corpus_load(SOURCE_DIR "/cases", NULL, &c, &d), ERR_OK);
    for (size_t i = 0; i < c.cases.n; i++) {
        struct file f;
        struct buf text = {0};
        assert_int_equal(fs_read(c.cases.v[i].manifest_path, &text), ERR_OK);
        open_text(&f, buf_take(&text));
        for (size_t j = 0; j < f.r.plain.n; j++) {
            f.r.plain.v[j].is.shows = 7;
            f.r.plain.v[j].is.runs = 321;
        }
        assert_int_equal(write_text(&f), ERR_OK);
        if (f.r.plain.n)
            assert_non_null(strstr(buf_str(&f.t.whole), "runs: 321"));
        char *before = without_numbers(f.text);
        char *after = without_numbers(buf_str(&f.t.whole));
        assert_string_equal(after, before);
        free(before);
        free(after);
        close_text(&f);
    }
    corpus_fini(&c);
    diag_fini(&d);
}

/* COMMENTED with one piece exchanged. */
static char *commented(const char *old, const char *new)
{
    const char *at = strstr(COMMENTED, old);
    assert_non_null(at);
    return str_fmt("%.*s%s%s", (int)(at - COMMENTED), COMMENTED, new,
                   at + strlen(old));
}

static void assert_commented(struct file *f, const char *old, const char *new)
{
    char *wanted = commented(old, new);
    assert_lists(f, wanted);
    free(wanted);
    close_text(f);
}

static void changed_value_changes_nothing_else(void **state)
{
    (void)state;
    struct file f;
    open_lists(&f, COMMENTED);
    f.r.plain.v[0].is.shows = 1;
    assert_commented(&f, "shows: 96", "shows: 1");

    open_lists(&f, COMMENTED);
    f.r.plain.v[1].is.shows = 40;
    f.r.plain.v[1].is.runs = 50;
    assert_commented(&f, "runs: 100\n    shows: 3", "runs: 50\n    shows: 40");

    open_lists(&f, COMMENTED);
    expect(&f, 2)->rate = 7 / 30.;
    expect(&f, 2)->runs = 30;
    assert_commented(&f, "rate: 0.40, runs: 20", "rate: 0.23, runs: 30");

    open_lists(&f, COMMENTED);
    free(f.r.expect.v[0].detectors.v[--f.r.expect.v[0].detectors.n]);
    assert_commented(&f, "[a, b]", "[a]");

    open_lists(&f, COMMENTED);
    expect(&f, 0)->verdict = VERDICT_MISSED;
    assert_commented(&f, "flagged", "missed");
}

static void changed_keys_make_an_entry_anew_under_its_comments(void **state)
{
    (void)state;
    struct file f;
    open_lists(&f, COMMENTED);
    expect(&f, 1)->verdict = VERDICT_FLAGGED;
    expect(&f, 1)->reason = NULL;
    assert_commented(&f,
                     "- detectors: [c]\n"
                     "  verdict: missed\n"
                     "  reason: >-\n"
                     "    Some reason\n"
                     "    or other.\n",
                     "- {detectors: [c], verdict: flagged}\n");

    open_lists(&f, COMMENTED);
    expect(&f, 0)->verdict = VERDICT_MISSED;
    expect(&f, 0)->reason = REASON_UNKNOWN;
    assert_commented(&f, "- {detectors: [a, b], verdict: flagged}\n",
                     "- detectors: [a, b]\n"
                     "  verdict: missed\n"
                     "  reason: WHY\n");

    open_lists(&f, COMMENTED);
    expect(&f, 2)->reason = "Another one.";
    assert_commented(&f,
                     "- {detectors: [d], verdict: sometimes, rate: 0.40, "
                     "runs: 20, reason: r}\n",
                     "- detectors: [d]\n"
                     "  verdict: sometimes\n"
                     "  rate: 0.4\n"
                     "  runs: 20\n"
                     "  reason: >-\n"
                     "    Another one.\n");
}

static void entry_that_goes_takes_its_comments_along(void **state)
{
    (void)state;
    struct file f;
    open_lists(&f, COMMENTED);
    strv_fini(&f.r.expect.v[1].detectors);
    f.r.expect.v[1] = f.r.expect.v[2];
    f.r.expect.n = 2;
    assert_commented(&f,
                     "# of the miss\n"
                     "- detectors: [c]\n"
                     "  verdict: missed\n"
                     "  reason: >-\n"
                     "    Some reason\n"
                     "    or other.\n",
                     "");
}

static void new_entry_stands_where_it_is_put(void **state)
{
    (void)state;
    struct file f;
    open_lists(&f, COMMENTED);
    add_expect(&f, "e", &(struct expectation){.verdict = VERDICT_FLAGGED},
               RECORD_NEW);
    assert_commented(&f, "reason: r}\n",
                     "reason: r}\n- {detectors: [e], verdict: flagged}\n");
}

static void list_without_entries_goes(void **state)
{
    (void)state;
    struct file f;
    open_lists(&f, "expect:\n  - {detectors: [a], verdict: flagged}\n"
                   "# after\n");
    f.r.plain.n = 0;
    strv_fini(&f.r.expect.v[0].detectors);
    f.r.expect.n = 0;
    assert_lists(&f, "# after\n");
    assert_string_equal(buf_str(&f.t.expect), "");
    close_text(&f);
}

static void new_lists_stand_after_the_truth(void **state)
{
    (void)state;
    static char o2[] = "-O2", eight[] = "8", ball[] = "A (b)", bug[] = "buggy",
                fix[] = "fixed";
    char *flags[] = {o2}, *args[] = {eight}, *reports[] = {ball};
    struct file f;
    open_lists(&f, "# after\ncwe: [1]");
    vec_push(&f.r.plain,
             ((struct plain_record){{.variant = bug, .shows = 0, .runs = 100},
                                    RECORD_NEW}));
    vec_push(&f.r.plain, ((struct plain_record){{.variant = bug,
                                                 .flags = flags,
                                                 .flags_count = 1,
                                                 .args = args,
                                                 .args_count = 1,
                                                 .shows = 5,
                                                 .runs = 100},
                                                RECORD_NEW}));
    add_expect(&f, "tsan-gcc",
               &(struct expectation){
                   .variant = bug, .verdict = VERDICT_FLAGGED, .runs = 0},
               RECORD_NEW);
    add_expect(&f, "drd",
               &(struct expectation){.variant = fix,
                                     .verdict = VERDICT_SOMETIMES,
                                     .rate = 1 / 12.,
                                     .runs = 12,
                                     .reports = reports,
                                     .reports_count = 1,
                                     .reason = REASON_UNKNOWN},
               RECORD_NEW);
    static const char plain[] = "plain:\n"
                                "  - {variant: buggy, shows: 0, runs: 100}\n"
                                "  - {variant: buggy, flags: [\"-O2\"], "
                                "args: [\"8\"], shows: 5, runs: 100}\n";
    static const char both[] = "expect:\n"
                               "  - {detectors: [tsan-gcc], verdict: flagged}\n"
                               "  - detectors: [drd]\n"
                               "    variant: fixed\n"
                               "    verdict: sometimes\n"
                               "    rate: 0.08\n"
                               "    runs: 12\n"
                               "    reports: [A (b)]\n"
                               "    reason: WHY\n";
    char *wanted = str_fmt("%s%s# after\ncwe: [1]", plain, both);
    assert_lists(&f, wanted);
    assert_string_equal(buf_str(&f.t.plain), plain);
    assert_string_equal(buf_str(&f.t.expect), both);
    free(wanted);
    close_text(&f);
}

static void new_lists_end_a_text_that_has_no_last_newline(void **state)
{
    (void)state;
    struct file f;
    open_text(&f, str_dup("title: t\nmodel: serial\norigin: o\nfailure: none\n"
                          "scenario: s"));
    add_expect(&f, "d",
               &(struct expectation){.verdict = VERDICT_MISSED, .reason = "r"},
               RECORD_NEW);
    assert_written(&f, "title: t\nmodel: serial\norigin: o\nfailure: none\n"
                       "scenario: s\nexpect:\n  - detectors: [d]\n"
                       "    verdict: missed\n    reason: >-\n      r\n");
    close_text(&f);
}

static void list_in_flow_style_is_written_in_block_style(void **state)
{
    (void)state;
    struct file f;
    open_lists(&f, "plain: [{shows: 1, runs: 2},\n  {shows: 1, runs: 2,\n"
                   "    args: [a]}]\ncwe: [1]\n");
    f.r.plain.v[0].is.shows = 2;
    assert_lists(&f, "plain:\n  - {variant: buggy, shows: 2, runs: 2}\n"
                     "  - {variant: buggy, args: [\"a\"], shows: 1, runs: 2}\n"
                     "cwe: [1]\n");
    close_text(&f);
}

static void rate_has_the_digits_that_give_the_runs_back(void **state)
{
    (void)state;
    static const struct {
        unsigned k, n;
        const char *text;
    } rates[] = {
        {1, 2, "0.5"},        {1, 10, "0.1"},
        {7, 20, "0.35"},      {10, 30, "0.33"},
        {29, 30, "0.97"},     {3, 1000, "0.003"},
        {999, 1000, "0.999"}, {99999, 100000, "0.99999"},
        {19, 20, "0.95"},
    };
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct file f;
        open_lists(&f, "expect:\n  - {detectors: [d], verdict: sometimes, "
                       "rate: 0.987654, runs: 10, reason: r}\n");
        expect(&f, 0)->rate = (double)rates[i].k / rates[i].n;
        expect(&f, 0)->runs = rates[i].n;
        char *wanted = str_fmt("expect:\n  - {detectors: [d], verdict: "
                               "sometimes, rate: %s, runs: %u, reason: r}\n",
                               rates[i].text, rates[i].n);
        assert_lists(&f, wanted);
        free(wanted);
        close_text(&f);
    }
}

static void rate_is_neither_none_nor_all(void **state)
{
    (void)state;
    struct file f;
    open_lists(&f, "expect:\n  - {detectors: [d], verdict: sometimes, rate: "
                   "0.5, runs: 10, reason: r}\n");
    expect(&f, 0)->rate = 0.001;
    assert_lists(&f, "expect:\n  - {detectors: [d], verdict: sometimes, rate: "
                     "0.001, runs: 10, reason: r}\n");
    close_text(&f);
}

static void line_does_not_grow_beyond_80_columns(void **state)
{
    (void)state;
    struct file f;
    open_lists(&f, "expect:\n  - {detectors: [a-detector-of-a-name], verdict: "
                   "flagged, reports: [x12345]}\n");
    strv_fini(&f.r.expect.v[0].detectors);
    strv_add(&f.r.expect.v[0].detectors, "a-detector-of-a-long-name");
    assert_lists(&f, "expect:\n"
                     "  - detectors: [a-detector-of-a-long-name]\n"
                     "    verdict: flagged\n"
                     "    reports: [x12345]\n");
    close_text(&f);
}

static void text_is_counted_in_characters_of_utf8(void **state)
{
    (void)state;
    struct file f;
    char *text = str_fmt("\xef\xbb\xbf%s", SCRATCH_HEAD
                         "cert: [\xc3\xa9\xf0\x9f\x98\x80]\nplain:\n"
                         "  - {shows: 1, runs: 2} # \xe2\x82\xac\n");
    open_text(&f, text);
    f.r.plain.v[0].is.shows = 2;
    char *wanted = str_dup(text);
    strstr(wanted, "shows: 1")[7] = '2';
    assert_written(&f, wanted);
    free(wanted);
    close_text(&f);
}

/* Told, and the lists are given for pasting. */
static void what_cannot_be_changed_in_place_is_not(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{title: t, model: c11, origin: o, failure: none, scenario: s,\n"
        "plain: [{shows: 1, runs: 2}]}",
        "title: t\nmodel: c11\norigin: o\nfailure: none\nscenario: s\n"
        "? plain\n: - {shows: 1, runs: 2}\n",
        "  title: t\n  model: c11\n  origin: o\n  failure: none\n"
        "  scenario: s\n  plain:\n  - {shows: 1, runs: 2}\n",
        "title: t\nmodel: c11\norigin: o\nfailure: none\nscenario: s\nplain:\n"
        "  - # why\n    {shows: 1, runs: 2}\n",
        "title: t\rmodel: c11\rorigin: o\rfailure: none\rscenario: s\rplain:\r"
        "  - {shows: 1, runs: 2}\r",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct file f;
        open_text(&f, str_dup(texts[i]));
        f.r.plain.v[0].is.shows = 2;
        assert_int_equal(write_text(&f), ERR_UNSUPPORTED);
        assert_true(
            scratch_said(&f.d, "case.yaml: cannot be changed in place"));
        assert_int_equal(f.t.whole.len, 0);
        assert_string_equal(
            buf_str(&f.t.plain),
            "plain:\n  - {variant: buggy, shows: 2, runs: 2}\n");
        close_text(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unchanged_record_gives_the_same_bytes),
        cmocka_unit_test(corpus_is_written_as_it_stands),
        cmocka_unit_test(only_the_numbers_of_the_corpus_change),
        cmocka_unit_test(changed_value_changes_nothing_else),
        cmocka_unit_test(changed_keys_make_an_entry_anew_under_its_comments),
        cmocka_unit_test(entry_that_goes_takes_its_comments_along),
        cmocka_unit_test(new_entry_stands_where_it_is_put),
        cmocka_unit_test(list_without_entries_goes),
        cmocka_unit_test(new_lists_stand_after_the_truth),
        cmocka_unit_test(new_lists_end_a_text_that_has_no_last_newline),
        cmocka_unit_test(list_in_flow_style_is_written_in_block_style),
        cmocka_unit_test(rate_has_the_digits_that_give_the_runs_back),
        cmocka_unit_test(rate_is_neither_none_nor_all),
        cmocka_unit_test(line_does_not_grow_beyond_80_columns),
        cmocka_unit_test(text_is_counted_in_characters_of_utf8),
        cmocka_unit_test(what_cannot_be_changed_in_place_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
