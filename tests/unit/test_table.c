/* What people read: the whole of a report in a terminal, small and large.
 * SPDX-License-Identifier: MIT */
#include "engine/gate.h"
#include "engine/score.h"
#include "formats/format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_report.h"

#define MANIFEST SCRATCH_HEAD SCRATCH_TRUTH
#define CASES 140

static const char *const five[] = {"drd",      "helgrind", "tsan-clang",
                                   "tsan-gcc", "watchdog", NULL};
static const char *const thirteen[] = {
    "clang-analyzer", "clang-tidy",   "coccinelle", "cppcheck", "drd",
    "explorer",       "gcc-analyzer", "helgrind",   "sparse",   "tsan-clang",
    "thread-safety",  "tsan-gcc",     "watchdog",   NULL};

static const char *const classes[] = {
    "atomicity", "condvar",  "data-race",   "deadlock",     "library",
    "lifetime",  "liveness", "lock-misuse", "memory-order", "openmp",
    "order",     "process",  "real-bug",    "signal"};
#define CLASSES (sizeof classes / sizeof *classes)

/* What stands in the cell of the nth case: some of everything. */
static enum outcome outcome_at(size_t n, size_t detector, bool buggy)
{
    static const enum outcome bugs[] = {
        OUTCOME_FLAGGED,     OUTCOME_FLAGGED,   OUTCOME_MISSED, OUTCOME_HANG,
        OUTCOME_UNSUPPORTED, OUTCOME_SOMETIMES, OUTCOME_FLAGGED};
    if (n % 9 == 8)
        return buggy ? OUTCOME_MISSED : OUTCOME_CLEAN;
    enum outcome o = bugs[(n + 3 * detector) % (sizeof bugs / sizeof *bugs)];
    if (buggy || o == OUTCOME_UNSUPPORTED)
        return o;
    return (n + detector) % 50 == 7 ? OUTCOME_FALSE_ALARM : OUTCOME_CLEAN;
}

static void add_cells(struct made *m, size_t n, const char *variant)
{
    const struct scenario_case *c = &m->corpus.cases.v[n];
    const struct variant *v = case_variant(c, variant);
    for (size_t i = 0; i < m->report.detectors.n; i++) {
        enum outcome o = outcome_at(n, i, v->buggy);
        bool hit = o == OUTCOME_FLAGGED || o == OUTCOME_FALSE_ALARM;
        unsigned flagged = hit ? 100 : o == OUTCOME_SOMETIMES ? 17 : 0;
        struct result *r = made_cell(m, c, v, i, o, flagged, 100);
        vec_push(&r->costs, ((struct run_cost){12.3, 45.6}));
        for (int line = 1; flagged && line <= 5; line++)
            add_race(&r->findings, m->report.detectors.v[i].id, v->source, line,
                     line + 10);
    }
}

/* A corpus of `cases` pairs with names as long as they come. */
static void make(struct made *m, size_t cases, const char *const *detectors)
{
    for (size_t i = 0; i < cases; i++) {
        char *id = str_fmt("%s/condvar-wait-holding-second-l%03zu",
                           classes[i * CLASSES / cases], i);
        if (i + 1 < cases)
            scratch_case(m->dir, id, MANIFEST);
        else
            made_corpus(m, id, MANIFEST);
        free(id);
    }
    for (size_t i = 0; detectors[i]; i++)
        made_detector(m, detectors[i]);
    for (size_t i = 0; i < cases; i++) {
        add_cells(m, i, "buggy");
        add_cells(m, i, "fixed");
    }
    score_report(&m->report);
}

static char *written(const struct made *m, const struct format_options *o)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    assert_int_equal(format_by_id("table")->write(&m->report, o, out), ERR_OK);
    fclose(out);
    return text;
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        print_message("no \"%s\" in:\n%s\n", part, text);
    assert_non_null(strstr(text, part));
}

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part))
        print_message("\"%s\" in:\n%s\n", part, text);
    assert_null(strstr(text, part));
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, part)); p++)
        n++;
    return n;
}

static bool has(const char *line, size_t n, const char *part)
{
    return memmem(line, n, part, strlen(part)) != NULL;
}

/* Columns of a line, escape sequences taking none. */
static size_t columns(const char *line, size_t n)
{
    size_t columns = 0;
    for (size_t i = 0; i < n; i++) {
        if (line[i] == '\033')
            i += strcspn(line + i, "m");
        else
            columns++;
    }
    return columns;
}

/* Findings are lines for editors, which no one breaks. */
static void assert_within(const char *text, size_t width)
{
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        bool finding = has(line, n, "warning:") || has(line, n, "note:");
        if (!finding && columns(line, n) > width)
            print_message("%zu: %.*s\n", columns(line, n), (int)n, line);
        assert_true(finding || columns(line, n) <= width);
        assert_true(n == 0 || line[n - 1] != ' ');
        line += n + (line[n] == '\n');
    }
}

static const struct format_options all = {
    .timing = true, .score = true, .width = 80, .most = 10};

static void large_report_keeps_within_eighty_columns(void **state)
{
    struct made *m = *state;
    make(m, CASES, thirteen);
    m->report.gate.asked = m->report.cancelled = true;
    struct format_options o = all;
    for (int color = 0; color < 2; color++) {
        o.color = color;
        char *text = written(m, &o);
        assert_within(text, 80);
        assert_has(text, "CASE                               clang-analyzer\n"
                         "                                   |  clang-tidy\n");
        assert_int_equal(count(text, "CASE "), 1);
        free(text);
    }
}

static void words_stand_where_there_is_room(void **state)
{
    struct made *m = *state;
    make(m, 14, thirteen);
    struct format_options o = all;
    o.width = 200;
    char *text = written(m, &o);
    assert_has(text, " miss ok ");
    assert_has(text, " 17/100 ok ");
    assert_has(text, "found: flagged at its place");
    assert_within(text, 200);
    free(text);
    o.width = 80;
    text = written(m, &o);
    assert_has(text, " F. ");
    assert_has(text, " S. ");
    assert_has(text, "F: flagged at its place");
    assert_lacks(text, "17/100");
    free(text);
}

static void five_detectors_have_room_for_words(void **state)
{
    struct made *m = *state;
    make(m, 2, five);
    for (size_t i = 0; i < m->report.results.n; i++) {
        struct result *r = &m->report.results.v[i];
        r->outcome = r->variant->buggy ? OUTCOME_FLAGGED : OUTCOME_CLEAN;
    }
    m->corpus.cases.v[0].name[26] = m->corpus.cases.v[1].name[26] = '\0';
    char *text = written(m, &all);
    assert_has(text, "CASE                         drd      helgrind "
                     "tsan-clang tsan-gcc watchdog\n");
    assert_has(text, "found ok found ok found ok   found ok found ok\n");
    assert_within(text, 80);
    free(text);
}

static void findings_of_a_large_corpus_leave_the_end_readable(void **state)
{
    struct made *m = *state;
    make(m, CASES, five);
    char *text = written(m, &all);
    assert_int_equal(count(text, ": warning: "), 10);
    assert_has(text, "more programs: `lockstep run CASE`");
    for (size_t i = 0; i < 10; i++) {
        char *head = str_fmt("\n%s/condvar-wait", classes[i]);
        assert_has(text, head);
        free(head);
    }
    free(text);
    struct format_options o = all;
    o.most = 0;
    text = written(m, &o);
    assert_true(count(text, ": warning: ") > 300);
    assert_lacks(text, "more programs");
    free(text);
}

static void what_differs_is_told_before_others(void **state)
{
    struct made *m = *state;
    make(m, CASES, five);
    struct result *r = &m->report.results.v[m->report.results.n - 10];
    assert_true(r->variant->buggy && r->findings.n);
    char *head = str_fmt("\n%s: buggy.c\n", r->c->id);
    struct format_options o = all;
    o.most = 1;
    char *text = written(m, &o);
    assert_lacks(text, head);
    free(text);
    r->differs = true;
    text = written(m, &o);
    assert_has(text, head);
    assert_int_equal(count(text, ": buggy.c\n"), 1);
    assert_int_equal(count(text, ": warning: "), 3);
    free(text);
    free(head);
}

static void gate_marks_what_differs(void **state)
{
    struct made *m = *state;
    make(m, 1, five);
    gate_judge(&m->report);
    for (size_t i = 0; i < m->report.results.n; i++) {
        const struct result *r = &m->report.results.v[i];
        assert_int_equal(r->differs,
                         r->variant->buggy && outcome_judged(r->outcome));
    }
}

static void few_programs_have_their_findings_told(void **state)
{
    struct made *m = *state;
    make(m, 3, five);
    char *text = written(m, &all);
    assert_int_equal(count(text, ": warning: "), 9);
    assert_int_equal(count(text, "... and 2 more places"), 3);
    assert_lacks(text, "more programs");
    free(text);
}

static void verdict_is_the_last_line(void **state)
{
    struct made *m = *state;
    make(m, CASES, thirteen);
    m->report.gate.asked = m->report.gate.passed = true;
    struct format_options o = {.width = 80, .most = 10};
    char *text = written(m, &o);
    assert_true(str_ends(text,
                         "125 of 140 bugs flagged, 114 of 140 fixes clean, "
                         "13 of 13 detectors alive\n"
                         "gate: passed: 0 results differ from the record\n"));
    assert_lacks(text, "DETECTOR");
    free(text);
}

static void score_tells_each_detector(void **state)
{
    struct made *m = *state;
    made_corpus(m, "data-race/one", MANIFEST);
    made_detector(m, "drd");
    made_detector(m, "watchdog");
    made_detector(m, "other");
    m->report.detectors.v[2].wanted = false;
    struct result *r = made_result(m, m->bug, 0, OUTCOME_FLAGGED, 1, 1);
    vec_push(&r->costs, ((struct run_cost){1, 0.5}));
    r = made_result(m, m->bug, 1, OUTCOME_MISSED, 0, 1);
    vec_push(&r->costs, ((struct run_cost){0.25, 0.01}));
    made_result(m, m->fix, 0, OUTCOME_FALSE_ALARM, 1, 1);
    made_result(m, m->fix, 1, OUTCOME_UNSUPPORTED, 0, 0);
    score_report(&m->report);
    char *text = written(m, &all);
    assert_has(text, "DETECTOR FLAGGED   % 95 % CI SOME ALARMS   % 95 % CI "
                     "EXACT   % 95 % CI\n"
                     "drd          1/1 100  21-100    0    1/1 100  21-100   "
                     "1/1 100  21-100\n"
                     "watchdog     0/1   0    0-79    0    0/0   -       -   "
                     "0/0   -       -\n");
    assert_has(text, "DETECTOR RUNS CPU s MEDIAN TIMES WALL s MEDIAN TIMES\n"
                     "drd         1   0.5  0.500    50    1.0  1.000   4.0\n"
                     "watchdog    1   0.0  0.010   1.0    0.2  0.250   1.0\n");
    assert_has(text, "CLASS     BUGS drd watchdog\n"
                     "data-race    1   1        0\n");
    assert_has(text, "\n1 of 1 bug is flagged by at least one of the 2 "
                     "detectors that judged (of 3)\n");
    free(text);
}

static void bugs_that_none_flags_are_named(void **state)
{
    struct made *m = *state;
    make(m, CASES, five);
    char *text = written(m, &all);
    const char *list = strstr(text, " bugs are flagged by none of the 5 "
                                    "detectors:\n");
    assert_non_null(list);
    for (size_t i = 0; i < CASES; i++) {
        const char *name = m->corpus.cases.v[i].name;
        assert_int_equal(strstr(list, name) != NULL, i % 9 == 8);
    }
    assert_has(list, "\n  real-bug:");
    assert_has(list, "\n`lockstep show CASE` tells why.\n");
    assert_lacks(list, "not judged");
    free(text);
}

static void bugs_without_a_verdict_are_named_apart(void **state)
{
    struct made *m = *state;
    make(m, 2, five);
    score_fini(&m->report.score);
    m->report.score = (struct score){0};
    for (size_t i = 0; i < 5; i++)
        m->report.results.v[i].outcome = OUTCOME_ERROR;
    score_report(&m->report);
    char *text = written(m, &all);
    assert_has(text, "\n1 more bug was not judged by any detector:\n"
                     "  atomicity: condvar-wait-holding-second-l000\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MADE_TEST(large_report_keeps_within_eighty_columns),
        MADE_TEST(words_stand_where_there_is_room),
        MADE_TEST(five_detectors_have_room_for_words),
        MADE_TEST(findings_of_a_large_corpus_leave_the_end_readable),
        MADE_TEST(what_differs_is_told_before_others),
        MADE_TEST(gate_marks_what_differs),
        MADE_TEST(few_programs_have_their_findings_told),
        MADE_TEST(verdict_is_the_last_line),
        MADE_TEST(score_tells_each_detector),
        MADE_TEST(bugs_that_none_flags_are_named),
        MADE_TEST(bugs_without_a_verdict_are_named_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
