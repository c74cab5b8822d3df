/* The gate: what was measured against what is recorded.
 * SPDX-License-Identifier: MIT */
#include "engine/gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_report.h"

#define FLAGGED "expect:\n  - {detectors: [d], verdict: flagged}\n"
#define EXPECT(rest) "expect:\n  - {detectors: [d], reason: r, " rest "}\n"

/* The one message of a list contains text. */
static void assert_only(const struct strv *l, const char *text)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->n > 1 || !strstr(l->v[i], text))
            print_message("said: %s\n", l->v[i]);
    assert_int_equal(l->n, 1);
    assert_non_null(strstr(l->v[0], text));
}

/* Judges anew; NULL: it passes, else it fails with one message. */
static void assert_judged(struct made *m, const char *failure)
{
    struct gate_report *g = &m->report.gate;
    strv_fini(&g->failures);
    strv_fini(&g->incomplete);
    gate_judge(&m->report);
    assert_int_equal(g->incomplete.n, 0);
    assert_int_equal(g->passed, !failure);
    if (failure)
        assert_only(&g->failures, failure);
    else if (g->failures.n)
        assert_string_equal(g->failures.v[0], "");
}

static void assert_incomplete(struct made *m, const char *text)
{
    gate_judge(&m->report);
    assert_false(m->report.gate.passed);
    assert_int_equal(m->report.gate.failures.n, 0);
    assert_only(&m->report.gate.incomplete, text);
}

/* A case with that record, one detector "d" and one result. */
static struct result *make(struct made *m, const char *record, bool buggy,
                           enum outcome o, unsigned flagged, unsigned runs)
{
    char *text = str_fmt("%s%s", SCRATCH_HEAD SCRATCH_TRUTH, record);
    made_corpus(m, "a/b", text);
    made_detector(m, "d");
    free(text);
    return made_result(m, buggy ? m->bug : m->fix, 0, o, flagged, runs);
}

static void what_is_as_recorded_passes(void **state)
{
    struct made *m = *state;
    make(m, FLAGGED, true, OUTCOME_FLAGGED, 3, 3);
    made_result(m, m->fix, 0, OUTCOME_CLEAN, 0, 3);
    assert_judged(m, NULL);
}

static void bug_that_is_missed_fails(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, FLAGGED, true, OUTCOME_MISSED, 0, 3);
    r->grade = GRADE_ELSEWHERE;
    assert_judged(m, "a/b:buggy under d: recorded flagged, measured missed: "
                     "flagged in 0 of 3 runs (best match: elsewhere)");
    r->outcome = OUTCOME_SOMETIMES;
    r->flagged = 2;
    assert_judged(m, "measured sometimes: flagged in 2 of 3 runs");
    r->outcome = OUTCOME_TIMEOUT;
    r->flagged = r->runs = 0;
    assert_judged(m, "measured timeout");
}

static void bug_that_is_found_after_all_fails(void **state)
{
    struct made *m = *state;
    struct result *r =
        make(m, EXPECT("verdict: missed"), true, OUTCOME_SOMETIMES, 1, 3);
    assert_judged(m, "better than recorded: recorded missed, flagged in 1 of "
                     "3 runs");
    r->outcome = OUTCOME_MISSED;
    r->flagged = 0;
    assert_judged(m, NULL);
}

static void grade_must_be_the_recorded_one(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, FLAGGED, true, OUTCOME_FLAGGED, 1, 1);
    r->grade = r->weakest = GRADE_PARTIAL;
    assert_judged(m, "recorded exact, measured partial");
}

static void every_run_must_have_the_recorded_grade(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, FLAGGED, true, OUTCOME_FLAGGED, 3, 3);
    r->weakest = GRADE_PARTIAL;
    assert_judged(m, "recorded exact, measured partial");
}

static void better_grade_than_recorded_fails_too(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, EXPECT("verdict: flagged, grade: partial"), true,
                            OUTCOME_FLAGGED, 1, 1);
    assert_judged(m, "recorded partial, measured exact");
    r->grade = r->weakest = GRADE_PARTIAL;
    assert_judged(m, NULL);
}

static void annotation_is_told_from_the_bare_source(void **state)
{
    struct made *m = *state;
    struct result *r =
        make(m, EXPECT("verdict: flagged, thanks-to: annotation"), true,
             OUTCOME_FLAGGED, 1, 1);
    r->annotated = 1;
    assert_judged(m, NULL);
    r->annotated = 0;
    assert_judged(m, "better than recorded: recorded as found thanks to an "
                     "annotation");
}

static void annotation_must_be_recorded(void **state)
{
    struct made *m = *state;
    make(m, FLAGGED, true, OUTCOME_FLAGGED, 1, 1)->annotated = 1;
    assert_judged(m, "found thanks to an annotation only");
}

static void rate_is_refuted_by_what_it_would_hardly_give(void **state)
{
    static const struct {
        unsigned flagged, runs;
        bool refuted;
    } measured[] = {
        {0, 1, false},   {1, 1, false},  {0, 5, false},   {5, 5, false},
        {10, 20, false}, {6, 20, false}, {0, 20, true},   {20, 20, true},
        {2, 60, true},   {58, 60, true}, {30, 60, false}, {0, 0, false},
    };
    struct made *m = *state;
    struct result *r =
        make(m, EXPECT("verdict: sometimes, rate: 0.5, runs: 20"), true,
             OUTCOME_SOMETIMES, 0, 0);
    r->grade = r->weakest = GRADE_EXACT;
    for (size_t i = 0; i < sizeof measured / sizeof *measured; i++) {
        r->flagged = measured[i].flagged;
        r->runs = measured[i].runs;
        assert_judged(m, measured[i].refuted
                             ? "recorded sometimes, at a rate of 0.50"
                             : NULL);
    }
}

static void rate_from_few_runs_is_harder_to_refute(void **state)
{
    struct made *m = *state;
    struct result *r =
        make(m, EXPECT("verdict: sometimes, rate: 0.1, runs: 10"), true,
             OUTCOME_MISSED, 0, 70);
    r->grade = r->weakest = GRADE_EXACT;
    assert_judged(m, NULL);
    r->runs = 20;
    r->flagged = 20;
    assert_judged(m, "rate of 0.10 in 10 runs; measured 20 of 20 runs");
}

static void fix_with_a_finding_fails(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, "", false, OUTCOME_FALSE_ALARM, 1, 3);
    assert_judged(m, "a/b:fixed under d: a fix must be clean, but in 1 of 3 "
                     "runs: no finding");
    add_race(&r->findings, "d", "/x.c", 3, 5);
    assert_judged(m, "in 1 of 3 runs: race of 3 and 5");
}

static void recorded_false_alarm_must_come_in_every_run(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, EXPECT("variant: fixed, verdict: false-alarm"),
                            false, OUTCOME_FALSE_ALARM, 3, 3);
    assert_judged(m, NULL);
    r->flagged = 2;
    assert_judged(m, "better than recorded: a recorded false alarm came in "
                     "only 2 of 3 runs");
    r->outcome = OUTCOME_CLEAN;
    r->flagged = 0;
    assert_judged(m, "in only 0 of 3 runs");
}

static void fix_may_be_flagged_sometimes_if_recorded(void **state)
{
    struct made *m = *state;
    struct result *r = make(
        m, EXPECT("variant: fixed, verdict: sometimes, rate: 0.5, runs: 20"),
        false, OUTCOME_FALSE_ALARM, 1, 3);
    assert_judged(m, NULL);
    r->runs = 30;
    assert_judged(m, "measured 1 of 30 runs");
}

static void bug_without_a_record_fails(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, "", true, OUTCOME_MISSED, 0, 2);
    assert_judged(m, "nothing is recorded; flagged in 0 of 2 runs; `lockstep "
                     "measure --write a/b` records it");
    r->flagged = 1;
    assert_judged(m, "nothing is recorded; flagged in 1 of 2 runs");
}

static void recorded_report_must_come(void **state)
{
    struct made *m = *state;
    struct result *r =
        make(m, EXPECT("verdict: missed, reports: [UnlockForeign, \"a (b)\"]"),
             true, OUTCOME_MISSED, 0, 3);
    strv_add(&r->natives, "UnlockForeign");
    assert_judged(m, "a/b:buggy under d: recorded to report 'a (b)', which it "
                     "did in none of 3 runs; it reported 'UnlockForeign'");
    strv_add(&r->natives, "a (b)");
    strv_add(&r->natives, "one more");
    assert_judged(m, NULL);
    strv_fini(&r->natives);
    strv_add(&r->natives, "a (b)");
    assert_judged(m, "report 'UnlockForeign'");
}

static void recorded_report_must_come_with_each_verdict(void **state)
{
    static const struct {
        const char *record;
        enum outcome outcome;
    } cells[] = {
        {"verdict: flagged", OUTCOME_FLAGGED},
        {"verdict: sometimes, rate: 0.5, runs: 10", OUTCOME_SOMETIMES},
        {"variant: fixed, verdict: false-alarm", OUTCOME_FALSE_ALARM},
        {"variant: fixed, verdict: sometimes, rate: 0.5, runs: 10",
         OUTCOME_FALSE_ALARM},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct made m = {.dir = ((struct made *)*state)->dir};
        char *record = str_fmt(
            "expect:\n  - {detectors: [d], reason: r, %s, reports: [x]}\n",
            cells[i].record);
        bool buggy = !strstr(record, "fixed");
        unsigned runs = strstr(record, "sometimes") ? 4 : 2;
        struct result *r = make(&m, record, buggy, cells[i].outcome, 2, runs);
        assert_judged(&m, "recorded to report 'x', which it did in none of");
        strv_add(&r->natives, "x");
        assert_judged(&m, NULL);
        report_fini(&m.report);
        corpus_fini(&m.corpus);
        free(record);
    }
}

static void rate_allows_a_gate_without_the_report(void **state)
{
    struct made *m = *state;
    make(m, EXPECT("verdict: sometimes, rate: 0.5, runs: 10, reports: [x]"),
         true, OUTCOME_MISSED, 0, 2);
    assert_judged(m, NULL);
}

static void program_that_does_not_end_as_it_must_fails(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, "", false, OUTCOME_NO_TOKEN, 0, 2);
    r->unended = 2;
    assert_judged(m, "did not end as it must in 2 of 2 runs: it prints its "
                     "token at the end and held");
    r->hung = 1;
    assert_judged(m, "in 2 of 2 runs (it hung)");
    r->variant = m->bug;
    r->expected = NULL;
    gate_judge(&m->report);
    assert_string_equal(m->report.gate.failures.v[2] + strlen("a/b:buggy "),
                        "under d: the program did not end as it must in 2 of 2 "
                        "runs (it hung): it prints its token at the end, or "
                        "fails as 'failure' says");
}

static void program_that_does_not_compile_fails(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, FLAGGED, true, OUTCOME_BUILD_FAILED, 0, 0);
    r->note = str_dup("x.c:3: error: no");
    assert_judged(m, "does not compile:\nx.c:3: error: no");
}

static void what_could_not_be_judged_is_passed_over(void **state)
{
    static const enum outcome outcomes[] = {OUTCOME_UNSUPPORTED,
                                            OUTCOME_SKIPPED};
    struct made *m = *state;
    struct result *r = make(m, "", true, OUTCOME_SKIPPED, 0, 0);
    for (size_t i = 0; i < 2; i++) {
        r->outcome = outcomes[i];
        assert_judged(m, NULL);
    }
}

static void interrupted_run_has_not_passed(void **state)
{
    struct made *m = *state;
    make(m, FLAGGED, true, OUTCOME_CANCELLED, 0, 0);
    m->report.cancelled = true;
    gate_judge(&m->report);
    assert_false(m->report.gate.passed);
    assert_int_equal(m->report.gate.failures.n, 0);
}

static void detector_that_breaks_on_a_program_is_incomplete(void **state)
{
    struct made *m = *state;
    make(m, FLAGGED, true, OUTCOME_ERROR, 0, 0)->note = str_dup("cut short");
    assert_incomplete(m, "d broke on a/b:buggy: cut short");
}

static void broken_detector_is_told_once(void **state)
{
    struct made *m = *state;
    make(m, FLAGGED, true, OUTCOME_ERROR, 0, 0);
    made_result(m, m->fix, 0, OUTCOME_ERROR, 0, 0);
    m->report.detectors.v[0].alive = false;
    m->report.detectors.v[0].problem = str_dup("blind");
    assert_incomplete(m, "d is broken: blind");
}

#define DIES EXPECT("verdict: crashes")

static struct result *make_dead(struct made *m, const char *record,
                                unsigned crashed, unsigned runs)
{
    struct result *r = make(m, record, true, OUTCOME_CRASHES, 0, runs);
    r->crashed = crashed;
    return r;
}

static void death_that_is_recorded_passes(void **state)
{
    struct made *m = *state;
    struct result *r = make_dead(m, DIES, 3, 0);
    assert_judged(m, NULL);
    r->note = str_dup("the runtime crashed");
    assert_judged(m, NULL);
    assert_true(result_died_as_recorded(r));
}

static void death_that_is_not_recorded_fails(void **state)
{
    struct made *m = *state;
    struct result *r = make_dead(m, FLAGGED, 2, 1);
    assert_judged(m, "a/b:buggy under d: the program died in 2 of 3 runs: no "
                     "finding; if it does so under the detector only, "
                     "`lockstep measure --write a/b` records it");
    assert_false(result_died_as_recorded(r));
    r->variant = m->fix;
    r->expected = NULL;
    assert_judged(m, "a/b:fixed under d: the program died in 2 of 3 runs");
}

static void death_of_the_detector_is_incomplete(void **state)
{
    struct made *m = *state;
    make_dead(m, FLAGGED, 3, 0)->note = str_dup("the runtime crashed");
    assert_incomplete(m, "d died on a/b:buggy in 3 of 3 runs: the runtime "
                         "crashed; if it must, `lockstep measure --write a/b` "
                         "records it");
}

static void death_that_did_not_come_fails(void **state)
{
    struct made *m = *state;
    struct result *r = make_dead(m, DIES, 2, 1);
    assert_judged(m, "better than recorded: recorded crashes, but 1 of 3 runs "
                     "did not");
    r->outcome = OUTCOME_MISSED;
    r->crashed = 0;
    assert_judged(m, "better than recorded: recorded crashes, measured missed");
    r->outcome = OUTCOME_FLAGGED;
    r->flagged = 1;
    assert_judged(m, "recorded crashes, measured flagged");
}

static void fix_may_die_if_recorded(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, EXPECT("variant: fixed, verdict: crashes"),
                            false, OUTCOME_CRASHES, 0, 0);
    r->crashed = 2;
    assert_judged(m, NULL);
    r->outcome = OUTCOME_CLEAN;
    r->crashed = 0;
    r->runs = 2;
    assert_judged(m, "better than recorded: recorded crashes, measured clean");
}

static void missing_detector_counts_if_required(void **state)
{
    struct made *m = *state;
    make(m, FLAGGED, true, OUTCOME_SKIPPED, 0, 0);
    struct detector_report *d = &m->report.detectors.v[0];
    d->usable = d->alive = false;
    d->problem = str_dup("not there");
    assert_judged(m, NULL);
    d->required = true;
    d->mend = str_dup("install d");
    assert_incomplete(m, "d is required but not usable: not there; install d");
}

static void missing_openmp_counts_if_required(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, FLAGGED, true, OUTCOME_SKIPPED, 0, 0);
    struct detector_report *d = &m->report.detectors.v[0];
    d->no_openmp = str_dup("Archer is missing; install it");
    assert_judged(m, NULL);
    d->required = true;
    assert_incomplete(m, "d is required but cannot judge OpenMP: Archer is "
                         "missing; install it");
    r->outcome = OUTCOME_FLAGGED;
    r->flagged = r->runs = 1;
    r->grade = r->weakest = GRADE_EXACT;
    assert_judged(m, NULL);
}

static void detector_that_is_not_wanted_may_be_broken(void **state)
{
    struct made *m = *state;
    make(m, FLAGGED, true, OUTCOME_SKIPPED, 0, 0);
    m->report.detectors.v[0].wanted = false;
    m->report.detectors.v[0].alive = false;
    assert_judged(m, NULL);
}

/* A fix of which the record says so, and that was searched with that end. */
static struct result *made_claim(struct made *m, const char *record,
                                 enum claimed c, const char *terms)
{
    struct result *r = make(m, record, false, OUTCOME_CLEAN, 0, 1);
    r->claim = c;
    r->claim_terms = str_dup(terms);
    return r;
}

#define CLAIM(rest)                                                            \
    FLAGGED "  - {detectors: [d], variant: fixed, verdict: clean, " rest "}\n"

static void what_was_verified_must_stay_so(void **state)
{
    struct made *m = *state;
    struct result *r =
        made_claim(m, CLAIM("claim: verified"), CLAIM_VERIFIED, "SC");
    assert_judged(m, NULL);
    r->claim = CLAIM_BOUNDED;
    assert_judged(m, "a/b:fixed under d: recorded verified, measured bounded "
                     "(SC)");
    r->claim = CLAIM_NOT_FOUND;
    assert_judged(m, "recorded verified, measured not-found (SC)");
    r->claim = CLAIM_NONE;
    assert_judged(m, "recorded verified, measured none");
}

static void better_claim_than_recorded_is_told(void **state)
{
    struct made *m = *state;
    struct result *r = made_claim(m, CLAIM("claim: bounded, reason: pipes"),
                                  CLAIM_VERIFIED, "SC");
    assert_judged(m, "better than recorded: recorded bounded, measured "
                     "verified (SC)");
    r->claim = CLAIM_BOUNDED;
    assert_judged(m, "recorded bounded for another reason: it is now: SC");
    r->claim = CLAIM_NOT_FOUND;
    assert_judged(m, "a/b:fixed under d: recorded bounded, measured not-found");
}

static void claim_must_be_recorded(void **state)
{
    struct made *m = *state;
    made_claim(m, FLAGGED, CLAIM_VERIFIED, "SC");
    assert_judged(m, "no claim is recorded; it is verified (SC)");
}

/* Why a bug is missed is a person's word: only the claim must be the same. */
static void claim_of_a_missed_bug_is_recorded_too(void **state)
{
    struct made *m = *state;
    struct result *r = make(m, EXPECT("verdict: missed, claim: bounded"), true,
                            OUTCOME_MISSED, 0, 1);
    r->claim = CLAIM_BOUNDED;
    r->claim_terms = str_dup("signals");
    assert_judged(m, NULL);
    r->claim = CLAIM_VERIFIED;
    assert_judged(m, "better than recorded: recorded bounded, measured "
                     "verified (signals)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MADE_TEST(what_is_as_recorded_passes),
        MADE_TEST(bug_that_is_missed_fails),
        MADE_TEST(bug_that_is_found_after_all_fails),
        MADE_TEST(grade_must_be_the_recorded_one),
        MADE_TEST(every_run_must_have_the_recorded_grade),
        MADE_TEST(better_grade_than_recorded_fails_too),
        MADE_TEST(annotation_is_told_from_the_bare_source),
        MADE_TEST(annotation_must_be_recorded),
        MADE_TEST(rate_is_refuted_by_what_it_would_hardly_give),
        MADE_TEST(rate_from_few_runs_is_harder_to_refute),
        MADE_TEST(fix_with_a_finding_fails),
        MADE_TEST(recorded_false_alarm_must_come_in_every_run),
        MADE_TEST(fix_may_be_flagged_sometimes_if_recorded),
        MADE_TEST(bug_without_a_record_fails),
        MADE_TEST(recorded_report_must_come),
        MADE_TEST(recorded_report_must_come_with_each_verdict),
        MADE_TEST(rate_allows_a_gate_without_the_report),
        MADE_TEST(program_that_does_not_end_as_it_must_fails),
        MADE_TEST(program_that_does_not_compile_fails),
        MADE_TEST(what_could_not_be_judged_is_passed_over),
        MADE_TEST(interrupted_run_has_not_passed),
        MADE_TEST(detector_that_breaks_on_a_program_is_incomplete),
        MADE_TEST(broken_detector_is_told_once),
        MADE_TEST(death_that_is_recorded_passes),
        MADE_TEST(death_that_is_not_recorded_fails),
        MADE_TEST(death_of_the_detector_is_incomplete),
        MADE_TEST(death_that_did_not_come_fails),
        MADE_TEST(fix_may_die_if_recorded),
        MADE_TEST(missing_detector_counts_if_required),
        MADE_TEST(missing_openmp_counts_if_required),
        MADE_TEST(detector_that_is_not_wanted_may_be_broken),
        MADE_TEST(what_was_verified_must_stay_so),
        MADE_TEST(better_claim_than_recorded_is_told),
        MADE_TEST(claim_must_be_recorded),
        MADE_TEST(claim_of_a_missed_bug_is_recorded_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
