/* From results to the list `expect` of a manifest.
 * SPDX-License-Identifier: MIT */
#include "engine/recording.h"

#include "engine/gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_report.h"

#define EXPECT "expect:\n"
#define FLAGGED "  - {detectors: [two, one], verdict: flagged}\n"
#define MISSED                                                                 \
    "  - detectors: [three]\n"                                                 \
    "    verdict: missed\n"                                                    \
    "    reason: It is blind.\n"

/* A pair with that record, and the detectors one, two and three. */
static void make(struct made *m, const char *lists)
{
    char *text = str_fmt("%s%s", SCRATCH_HEAD SCRATCH_TRUTH, lists);
    made_corpus(m, "a/b", text);
    made_detector(m, "one");
    made_detector(m, "two");
    made_detector(m, "three");
    free(text);
}

static struct result *bug(struct made *m, size_t detector, unsigned flagged)
{
    enum outcome o = flagged == 0   ? OUTCOME_MISSED
                     : flagged < 10 ? OUTCOME_SOMETIMES
                                    : OUTCOME_FLAGGED;
    return made_result(m, m->bug, detector, o, flagged, 10);
}

static struct result *fix(struct made *m, size_t detector, unsigned flagged)
{
    return made_result(m, m->fix, detector,
                       flagged ? OUTCOME_FALSE_ALARM : OUTCOME_CLEAN, flagged,
                       10);
}

/* The list as it is to stand; the notes are counted. */
static void assert_recorded_with(struct made *m, const char *wanted,
                                 size_t notes)
{
    struct record r = {0};
    struct record_text t;
    struct strv told = {0};
    struct buf text = {0};
    struct diag d = {0};
    recording_of(&m->report, m->c, &r, &told);
    assert_int_equal(fs_read(m->c->manifest_path, &text), ERR_OK);
    enum err e = record_write(&r, m->c->manifest, "case.yaml", buf_str(&text),
                              text.len, &t, &d);
    assert_string_equal(buf_str(&t.expect), wanted);
    assert_int_equal(e, ERR_OK);
    assert_int_equal(told.n, notes);
    strv_fini(&told);
    record_text_fini(&t);
    record_fini(&r);
    buf_fini(&text);
    diag_fini(&d);
}

static void assert_recorded(struct made *m, const char *wanted)
{
    assert_recorded_with(m, wanted, 0);
}

static void nothing_measured_leaves_the_record(void **state)
{
    struct made *m = *state;
    make(m, EXPECT FLAGGED MISSED);
    assert_recorded(m, EXPECT FLAGGED MISSED);
}

static void same_verdicts_leave_the_record(void **state)
{
    struct made *m = *state;
    make(m, EXPECT FLAGGED MISSED);
    bug(m, 0, 10);
    bug(m, 1, 10);
    bug(m, 2, 0);
    for (size_t i = 0; i < 3; i++)
        fix(m, i, 0);
    assert_recorded(m, EXPECT FLAGGED MISSED);
}

static void entries_that_could_be_one_stay_two(void **state)
{
    struct made *m = *state;
    static const char record[] =
        EXPECT "  - {detectors: [one], verdict: flagged}\n"
               "  - {detectors: [three], verdict: flagged}\n"
               "  - {detectors: [one], variant: fixed, verdict: clean}\n";
    make(m, record);
    bug(m, 0, 10);
    bug(m, 2, 10);
    fix(m, 0, 0);
    assert_recorded(m, record);
}

static void new_record_groups_in_the_order_of_the_matrix(void **state)
{
    struct made *m = *state;
    make(m, "");
    bug(m, 0, 0);
    bug(m, 1, 10);
    bug(m, 2, 0);
    fix(m, 0, 10);
    fix(m, 1, 0);
    fix(m, 2, 4);
    assert_recorded(m, EXPECT "  - detectors: [one, three]\n"
                              "    verdict: missed\n"
                              "    reason: WHY\n"
                              "  - {detectors: [two], verdict: flagged}\n"
                              "  - detectors: [one]\n"
                              "    variant: fixed\n"
                              "    verdict: false-alarm\n"
                              "    reason: WHY\n"
                              "  - detectors: [three]\n"
                              "    variant: fixed\n"
                              "    verdict: sometimes\n"
                              "    rate: 0.4\n"
                              "    runs: 10\n"
                              "    reason: WHY\n");
}

static void new_detector_joins_those_that_agree(void **state)
{
    struct made *m = *state;
    make(m, EXPECT "  - {detectors: [two], verdict: flagged}\n" MISSED);
    bug(m, 0, 10);
    assert_recorded(m, EXPECT FLAGGED MISSED);
}

/* A miss has a reason, so a new one stands apart until it has one too. */
static void detector_without_a_reason_joins_no_reason(void **state)
{
    struct made *m = *state;
    make(m, EXPECT "  - {detectors: [two], verdict: flagged}\n" MISSED);
    bug(m, 0, 0);
    assert_recorded(m,
                    EXPECT "  - {detectors: [two], verdict: flagged}\n" MISSED
                           "  - detectors: [one]\n    verdict: missed\n"
                           "    reason: WHY\n");
}

static void detector_that_changed_leaves_the_others(void **state)
{
    struct made *m = *state;
    make(m, EXPECT FLAGGED MISSED);
    bug(m, 0, 0);
    bug(m, 1, 10);
    bug(m, 2, 10);
    assert_recorded(m,
                    EXPECT "  - {detectors: [two, three], verdict: flagged}\n"
                           "  - detectors: [one]\n"
                           "    verdict: missed\n"
                           "    reason: WHY\n");
}

static void verdict_that_changed_stands_where_the_old_one_stood(void **state)
{
    struct made *m = *state;
    make(m, EXPECT "  # of the miss\n" MISSED FLAGGED);
    bug(m, 2, 3);
    assert_recorded(m, EXPECT "  # of the miss\n"
                              "  - detectors: [three]\n"
                              "    verdict: sometimes\n"
                              "    rate: 0.3\n"
                              "    runs: 10\n"
                              "    reason: WHY\n" FLAGGED);
}

static void entry_of_a_bug_stands_before_those_of_the_fix(void **state)
{
    struct made *m = *state;
    static const char alarm[] =
        "  - {detectors: [two], variant: fixed, verdict: false-alarm, "
        "reason: r}\n";
    char *record = str_fmt(EXPECT "%s", alarm);
    char *wanted =
        str_fmt(EXPECT "  - {detectors: [one], verdict: flagged}\n%s", alarm);
    make(m, record);
    bug(m, 0, 10);
    assert_recorded(m, wanted);
    free(record);
    free(wanted);
}

static void fix_that_became_clean_is_left_out(void **state)
{
    struct made *m = *state;
    make(m, EXPECT FLAGGED "  - {detectors: [one, two], variant: fixed, "
                           "verdict: false-alarm, reason: r}\n");
    fix(m, 0, 0);
    fix(m, 1, 10);
    assert_recorded(m, EXPECT FLAGGED "  - {detectors: [two], variant: fixed, "
                                      "verdict: false-alarm, reason: r}\n");
}

static void grade_is_recorded_with_its_reason(void **state)
{
    struct made *m = *state;
    make(m, EXPECT FLAGGED "  - {detectors: [three], verdict: flagged, "
                           "grade: partial, reason: r}\n");
    struct result *r = bug(m, 0, 10);
    r->grade = r->weakest = GRADE_PARTIAL;
    r = bug(m, 2, 10);
    r->grade = r->weakest = GRADE_PARTIAL;
    assert_recorded(m, EXPECT "  - {detectors: [two], verdict: flagged}\n"
                              "  - detectors: [one]\n"
                              "    verdict: flagged\n"
                              "    grade: partial\n"
                              "    reason: WHY\n"
                              "  - {detectors: [three], verdict: flagged, "
                              "grade: partial, reason: r}\n");
    r->grade = r->weakest = GRADE_EXACT;
    m->report.results.n = 0;
    bug(m, 2, 10);
    assert_recorded(m, EXPECT
                    "  - {detectors: [two, one, three], verdict: flagged}\n");
}

/* clang-analyzer does not speak of races. */
static void miss_that_is_implied_is_left_out(void **state)
{
    struct made *m = *state;
    made_corpus(m, "a/b", SCRATCH_HEAD SCRATCH_TRUTH);
    made_detector(m, "clang-analyzer");
    bug(m, 0, 0);
    fix(m, 0, 0);
    assert_recorded(m, "");
}

static void hit_that_is_not_implied_is_recorded(void **state)
{
    struct made *m = *state;
    made_corpus(m, "a/b", SCRATCH_HEAD SCRATCH_TRUTH);
    made_detector(m, "clang-analyzer");
    bug(m, 0, 10);
    assert_recorded(m, EXPECT
                    "  - {detectors: [clang-analyzer], verdict: flagged}\n");
}

static void annotation_is_recorded(void **state)
{
    struct made *m = *state;
    make(m, EXPECT FLAGGED);
    bug(m, 0, 10)->annotated = 10;
    assert_recorded(m, EXPECT
                    "  - {detectors: [two], verdict: flagged}\n"
                    "  - {detectors: [one], verdict: flagged, thanks-to: "
                    "annotation}\n");
}

static void claim(struct result *r, enum claimed c, const char *terms)
{
    r->claim = c;
    free(r->claim_terms);
    r->claim_terms = str_dup(terms);
}

/* The search's own words are the reason of a fix, a person's that of a bug. */
static void claims_are_recorded_with_their_reason(void **state)
{
    struct made *m = *state;
    make(m, "");
    claim(bug(m, 0, 0), CLAIM_NOT_FOUND, "pipes");
    claim(fix(m, 0, 0), CLAIM_BOUNDED, "pipes");
    claim(fix(m, 1, 0), CLAIM_VERIFIED, "SC");
    assert_recorded(m, EXPECT "  - detectors: [one]\n"
                              "    verdict: missed\n"
                              "    claim: not-found\n"
                              "    reason: WHY\n"
                              "  - detectors: [one]\n"
                              "    variant: fixed\n"
                              "    verdict: clean\n"
                              "    claim: bounded\n"
                              "    reason: >-\n"
                              "      pipes\n"
                              "  - {detectors: [two], variant: fixed, verdict: "
                              "clean, claim: verified}\n");
}

static void claim_that_stands_leaves_the_record(void **state)
{
    struct made *m = *state;
    static const char record[] =
        EXPECT "  - {detectors: [one], verdict: missed, claim: bounded, "
               "reason: It is blind.}\n"
               "  - {detectors: [one], variant: fixed, verdict: clean, claim: "
               "bounded, reason: pipes}\n";
    make(m, record);
    claim(bug(m, 0, 0), CLAIM_BOUNDED, "signals");
    struct result *r = fix(m, 0, 0);
    claim(r, CLAIM_BOUNDED, "pipes");
    assert_recorded(m, record);
    claim(r, CLAIM_VERIFIED, "SC");
    assert_recorded(m, EXPECT "  - {detectors: [one], verdict: missed, claim: "
                              "bounded, reason: It is blind.}\n"
                              "  - {detectors: [one], variant: fixed, verdict: "
                              "clean, claim: verified}\n");
}

static void rates_of_two_detectors_make_two_entries(void **state)
{
    struct made *m = *state;
    make(m, EXPECT "  - {detectors: [one, two, three], verdict: sometimes, "
                   "rate: 0.50, runs: 20, reason: r}\n");
    bug(m, 0, 4);
    bug(m, 1, 6);
    bug(m, 2, 4);
    assert_recorded(m, EXPECT "  - {detectors: [one, three], verdict: "
                              "sometimes, rate: 0.4, runs: 10, reason: r}\n"
                              "  - detectors: [two]\n"
                              "    verdict: sometimes\n"
                              "    rate: 0.6\n"
                              "    runs: 10\n"
                              "    reason: >-\n"
                              "      r\n");
}

static void rate_that_is_not_refuted_is_kept(void **state)
{
    struct made *m = *state;
    static const char record[] =
        EXPECT "  - {detectors: [one, two], verdict: sometimes, rate: 0.90, "
               "runs: 20, reason: r}\n";
    make(m, record);
    bug(m, 0, 10);
    assert_recorded_with(m, record, 1);
    m->report.results.n = 0;
    bug(m, 0, 0);
    assert_recorded(m, EXPECT "  - {detectors: [two], verdict: sometimes, "
                              "rate: 0.90, runs: 20, reason: r}\n"
                              "  - detectors: [one]\n"
                              "    verdict: missed\n"
                              "    reason: WHY\n");
}

static void reports_are_kept_while_there_is_something_to_report(void **state)
{
    struct made *m = *state;
    make(m, EXPECT "  - {detectors: [one], verdict: flagged, reports: [A]}\n"
                   "  - {detectors: [one], variant: fixed, verdict: "
                   "false-alarm, reports: [A], reason: r}\n");
    bug(m, 0, 0);
    bug(m, 1, 0);
    fix(m, 0, 0);
    assert_recorded(m, EXPECT "  - detectors: [one]\n"
                              "    verdict: missed\n"
                              "    reports: [A]\n"
                              "    reason: WHY\n"
                              "  - detectors: [two]\n"
                              "    verdict: missed\n"
                              "    reason: WHY\n");
}

static void death_is_recorded_for_whatever_died(void **state)
{
    struct made *m = *state;
    make(m, EXPECT "  - {detectors: [one], verdict: flagged, reports: [A]}\n");
    made_result(m, m->bug, 0, OUTCOME_CRASHES, 0, 0)->crashed = 10;
    bug(m, 1, 10);
    made_result(m, m->fix, 0, OUTCOME_CRASHES, 0, 0)->crashed = 10;
    fix(m, 1, 0);
    assert_recorded(m, EXPECT "  - detectors: [one]\n"
                              "    verdict: crashes\n"
                              "    reason: WHY\n"
                              "  - {detectors: [two], verdict: flagged}\n"
                              "  - detectors: [one]\n"
                              "    variant: fixed\n"
                              "    verdict: crashes\n"
                              "    reason: WHY\n");
}

static void death_that_is_recorded_is_kept(void **state)
{
    static const char record[] = EXPECT "  - detectors: [one, two]\n"
                                        "    verdict: crashes\n"
                                        "    reason: It cannot.\n";
    struct made *m = *state;
    make(m, record);
    made_result(m, m->bug, 0, OUTCOME_CRASHES, 0, 0)->crashed = 10;
    assert_recorded(m, record);
}

static void what_came_to_no_verdict_is_kept(void **state)
{
    static const enum outcome outcomes[] = {OUTCOME_BUILD_FAILED, OUTCOME_ERROR,
                                            OUTCOME_UNSUPPORTED,
                                            OUTCOME_SKIPPED, OUTCOME_CANCELLED};
    struct made *m = *state;
    make(m, EXPECT FLAGGED MISSED);
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        m->report.results.n = 0;
        made_result(m, m->bug, 0, outcomes[i], 0, 0);
        made_result(m, m->fix, 0, outcomes[i], 0, 0);
        assert_recorded(m, EXPECT FLAGGED MISSED);
    }
}

/* Whatever was measured, the gate passes with what is recorded of it. */
static void gate_passes_with_the_record(void **state)
{
    struct made *m = *state;
    make(m, EXPECT FLAGGED MISSED);
    for (unsigned flagged = 0; flagged <= 10; flagged += 5) {
        struct record r = {0};
        struct strv notes = {0};
        m->report.results.n = 0;
        strv_fini(&m->report.gate.failures);
        for (size_t i = 0; i < 3; i++) {
            bug(m, i, flagged);
            fix(m, i, flagged);
        }
        recording_of(&m->report, m->c, &r, &notes);
        for (size_t i = 0; i < m->report.results.n; i++) {
            struct result *one = &m->report.results.v[i];
            one->expected = NULL;
            for (size_t j = 0; j < r.expect.n; j++)
                if (str_eq(manifest_variant(r.expect.v[j].is.variant),
                           one->variant->name) &&
                    strv_has(&r.expect.v[j].detectors, one->detector->id))
                    one->expected = &r.expect.v[j].is;
        }
        gate_judge(&m->report);
        assert_true(m->report.gate.passed);
        strv_fini(&notes);
        record_fini(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MADE_TEST(nothing_measured_leaves_the_record),
        MADE_TEST(same_verdicts_leave_the_record),
        MADE_TEST(entries_that_could_be_one_stay_two),
        MADE_TEST(new_record_groups_in_the_order_of_the_matrix),
        MADE_TEST(new_detector_joins_those_that_agree),
        MADE_TEST(detector_without_a_reason_joins_no_reason),
        MADE_TEST(detector_that_changed_leaves_the_others),
        MADE_TEST(verdict_that_changed_stands_where_the_old_one_stood),
        MADE_TEST(entry_of_a_bug_stands_before_those_of_the_fix),
        MADE_TEST(fix_that_became_clean_is_left_out),
        MADE_TEST(grade_is_recorded_with_its_reason),
        MADE_TEST(miss_that_is_implied_is_left_out),
        MADE_TEST(hit_that_is_not_implied_is_recorded),
        MADE_TEST(annotation_is_recorded),
        MADE_TEST(claims_are_recorded_with_their_reason),
        MADE_TEST(claim_that_stands_leaves_the_record),
        MADE_TEST(rates_of_two_detectors_make_two_entries),
        MADE_TEST(rate_that_is_not_refuted_is_kept),
        MADE_TEST(reports_are_kept_while_there_is_something_to_report),
        MADE_TEST(death_is_recorded_for_whatever_died),
        MADE_TEST(death_that_is_recorded_is_kept),
        MADE_TEST(what_came_to_no_verdict_is_kept),
        MADE_TEST(gate_passes_with_the_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
