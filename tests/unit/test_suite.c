/* Suites that are not ours: racy lines, and the score.
 * SPDX-License-Identifier: MIT */
#include "engine/suite.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

static void assert_lines(const struct suite_label *l, const char *text,
                         const char *wanted)
{
    struct suite_lines lines = {0};
    struct buf told = {0};
    suite_lines_of(l, text, &lines);
    for (size_t i = 0; i < lines.n; i++)
        buf_addf(&told, "%s%d", i ? " " : "", lines.v[i]);
    assert_string_equal(buf_str(&told), wanted);
    buf_fini(&told);
    vec_fini(&lines);
}

static void pairs_name_their_lines(void **state)
{
    (void)state;
    enum suite_group groups[] = {SUITE_GROUP_LINE, SUITE_GROUP_COLUMN};
    struct suite_label l = {.pair = (char *)(uintptr_t) "@([0-9]+):([0-9]+)",
                            .groups = groups,
                            .groups_count = 2};
    assert_lines(&l, "", "");
    assert_lines(&l,
                 "/* Data race pair: a[i+1]@64:10:R vs. a[i]@64:5:W\r\n"
                 "   and b@7:3:W vs. c@70:1:R */",
                 "7 64 70");
    assert_lines(&l, "me@example.org @x:1 @0:1", "");
}

static void a_pair_may_be_one_expression(void **state)
{
    (void)state;
    enum suite_group groups[] = {SUITE_GROUP_OBJECT, SUITE_GROUP_LINE,
                                 SUITE_GROUP_OBJECT, SUITE_GROUP_LINE};
    struct suite_label l = {
        .pair = (char *)(uintptr_t) "pair: ([^@]*)@([0-9]+).* vs. "
                                    "([^@]*)@([0-9]+)",
        .groups = groups,
        .groups_count = 4};
    assert_lines(&l, "pair: x@9:1:R vs. y@3:1:W\n", "3 9");
}

static void racy_lines_are_marked(void **state)
{
    (void)state;
    struct suite_label l = {.line = (char *)(uintptr_t) "//[^A-Z]*RACE"};
    assert_lines(&l, "a; // RACE!\nb; // NORACE\nc; //RACE\r\nd;", "1 3");
}

/* n results of that outcome for the one program. */
static void add(struct suite_report *r, enum outcome o, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        vec_push(&r->results,
                 ((struct suite_result){.detector = r->base.detectors.v,
                                        .outcome = o,
                                        .exact = i % 2,
                                        .seconds = 1}));
}

static void begin(struct suite_report *r, struct suite_programs *programs)
{
    struct suite_program p = {0};
    vec_push(&p.lines, 7);
    vec_push(programs, p);
    vec_push(&r->base.detectors,
             ((struct detector_report){.id = "a", .wanted = true}));
    r->programs = programs;
}

static void the_score_is_of_what_was_judged(void **state)
{
    (void)state;
    struct suite_report r = {0};
    struct suite_programs programs = {0};
    begin(&r, &programs);
    add(&r, OUTCOME_FLAGGED, 6);
    add(&r, OUTCOME_MISSED, 2);
    add(&r, OUTCOME_FALSE_ALARM, 1);
    add(&r, OUTCOME_CLEAN, 3);
    add(&r, OUTCOME_TIMEOUT, 5);
    add(&r, OUTCOME_UNSUPPORTED, 4);
    suite_score(&r);
    assert_int_equal(r.scores.n, 1);
    const struct suite_score *s = &r.scores.v[0];
    assert_int_equal(s->recall.k, 6);
    assert_int_equal(s->recall.n, 8);
    assert_int_equal(s->precision.n, 7);
    assert_int_equal(s->accuracy.k, 9);
    assert_int_equal(s->accuracy.n, 12);
    assert_int_equal(s->timeouts, 5);
    assert_int_equal(s->exact.k, 3);
    assert_int_equal(s->exact.n, 6);
    assert_true(fabs(s->f1 - 12.0 / 15) < 1e-9);
    assert_true(s->f1_low < s->f1 && s->f1 < s->f1_high && s->f1_high < 1);
    assert_true(fabs(s->seconds - 21) < 1e-9);
    suite_report_fini(&r);
    suite_programs_fini(&programs);
}

static void nothing_judged_is_no_score(void **state)
{
    (void)state;
    struct suite_report r = {0};
    struct suite_programs programs = {0};
    begin(&r, &programs);
    add(&r, OUTCOME_CLEAN, 3);
    suite_score(&r);
    assert_true(r.scores.v[0].f1 < 0);
    assert_int_equal(r.scores.v[0].recall.n, 0);
    suite_report_fini(&r);
    suite_programs_fini(&programs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_name_their_lines),
        cmocka_unit_test(a_pair_may_be_one_expression),
        cmocka_unit_test(racy_lines_are_marked),
        cmocka_unit_test(the_score_is_of_what_was_judged),
        cmocka_unit_test(nothing_judged_is_no_score),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
