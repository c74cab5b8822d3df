/* The gate: measured against recorded.
 * SPDX-License-Identifier: MIT */
#include "engine/gate.h"

#include <math.h>

/* If one rate would give what was recorded and what was measured so differently
 * less often than this, there is not one rate. */
#define REFUTED 0.001

static void fail(struct report *report, const struct result *r, const char *fmt,
                 ...) __attribute__((format(printf, 3, 4)));

static void fail(struct report *report, const struct result *r, const char *fmt,
                 ...)
{
    struct buf b = {0};
    va_list ap;
    buf_addf(&b, "%s:%s under %s: ", r->c->id, r->variant->name,
             r->detector->id);
    va_start(ap, fmt);
    buf_addv(&b, fmt, ap);
    va_end(ap);
    strv_take(&report->gate.failures, buf_take(&b));
}

static enum verdict recorded_verdict(const struct result *r)
{
    return r->expected ? r->expected->verdict : VERDICT_CLEAN;
}

static enum grade recorded_grade(const struct result *r)
{
    enum grade g = r->expected ? r->expected->grade : GRADE_NONE;
    return g == GRADE_NONE ? GRADE_EXACT : g;
}

static double log_choose(unsigned n, unsigned k)
{
    return lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);
}

/* Fisher's exact test, one tail: how likely it is that of a + b runs, of which
 * hits were flagged, the b measured ones hold the hits in [from, to]. */
static double tail(unsigned a, unsigned b, unsigned hits, unsigned from,
                   unsigned to)
{
    double sum = 0;
    for (unsigned x = from; x <= to && x <= hits; x++)
        if (hits - x <= a)
            sum += exp(log_choose(b, x) + log_choose(a, hits - x) -
                       log_choose(a + b, hits));
    return sum;
}

/* The rate was measured too, from `runs` runs: both samples are compared. */
bool gate_refutes_rate(const struct expectation *e, const struct result *r)
{
    unsigned hits = (unsigned)lround(e->rate * e->runs) + r->flagged;
    return tail(e->runs, r->runs, hits, 0, r->flagged) < REFUTED ||
           tail(e->runs, r->runs, hits, r->flagged, r->runs) < REFUTED;
}

static void judge_rate(struct report *report, const struct result *r)
{
    if (gate_refutes_rate(r->expected, r))
        fail(report, r,
             "recorded sometimes, at a rate of %.2f in %u runs; measured %u of "
             "%u runs; measure again with --repeat and record that",
             r->expected->rate, r->expected->runs, r->flagged, r->runs);
}

static const char *reason(const struct result *r)
{
    return r->findings.n && r->findings.v[0].message ? r->findings.v[0].message
                                                     : "no finding";
}

/* Every run must be as good as recorded, and none better. */
static void judge_grade(struct report *report, const struct result *r)
{
    enum grade wanted = recorded_grade(r);
    enum grade other = r->weakest != wanted ? r->weakest : r->grade;
    if (r->flagged > 0 && other != wanted)
        fail(report, r, "recorded %s, measured %s: %s", grade_id(wanted),
             grade_id(other), reason(r));
}

/* What an annotation buys is told apart from what is found as is. */
static void judge_aid(struct report *report, const struct result *r)
{
    bool annotated = r->annotated > 0;
    bool recorded = r->expected->thanks_to == AID_ANNOTATION;
    if (r->flagged == 0 || annotated == recorded)
        return;
    fail(report, r,
         annotated ? "recorded as found as it is, but found thanks to an "
                     "annotation only: %s"
                   : "better than recorded: recorded as found thanks to an "
                     "annotation, but found as it is: %s",
         reason(r));
}

static void judge_unrecorded(struct report *report, const struct result *r)
{
    fail(report, r,
         "nothing is recorded; flagged in %u of %u runs; `lockstep measure "
         "--write %s` records it",
         r->flagged, r->runs, r->c->id);
}

static void judge_bug(struct report *report, const struct result *r)
{
    if (!r->expected) {
        judge_unrecorded(report, r);
        return;
    }
    switch (r->expected->verdict) {
    case VERDICT_SOMETIMES:
        judge_rate(report, r);
        judge_grade(report, r);
        judge_aid(report, r);
        break;
    case VERDICT_MISSED:
        if (r->flagged > 0)
            fail(report, r,
                 "better than recorded: recorded missed, flagged in %u of %u "
                 "runs; record that",
                 r->flagged, r->runs);
        break;
    default:
        if (r->flagged < r->runs || r->runs == 0)
            fail(report, r,
                 "recorded flagged, measured %s: flagged in %u of %u runs "
                 "(best match: %s)",
                 outcome_id(r->outcome), r->flagged, r->runs,
                 grade_id(r->grade));
        else {
            judge_grade(report, r);
            judge_aid(report, r);
        }
    }
}

static void judge_fix(struct report *report, const struct result *r)
{
    switch (recorded_verdict(r)) {
    case VERDICT_SOMETIMES:
        judge_rate(report, r);
        break;
    case VERDICT_FALSE_ALARM:
        if (r->flagged < r->runs)
            fail(report, r,
                 "better than recorded: a recorded false alarm came in only "
                 "%u of %u runs",
                 r->flagged, r->runs);
        break;
    default:
        if (r->flagged > 0)
            fail(report, r, "a fix must be clean, but in %u of %u runs: %s",
                 r->flagged, r->runs, reason(r));
    }
}

static const char *terms(const struct result *r)
{
    return r->claim_terms ? r->claim_terms : "";
}

/* Why a fix is not verified is the search's to say; why a bug is missed is a
 * person's. */
static void judge_reason(struct report *report, const struct result *r)
{
    const struct expectation *e = r->expected;
    if (!r->variant->buggy && r->claim != CLAIM_VERIFIED &&
        !str_eq(e->reason, terms(r)))
        fail(report, r,
             "recorded %s for another reason: it is now: %s; `lockstep measure "
             "--write %s` records it",
             claimed_id(r->claim), terms(r), r->c->id);
}

/* What was verified must stay so. */
static void judge_claim(struct report *report, const struct result *r)
{
    enum claimed recorded = r->expected ? r->expected->claim : CLAIM_NONE;
    if (r->claim == CLAIM_NONE && recorded == CLAIM_NONE)
        return;
    if (r->flagged > 0)
        return; /* that fails by itself */
    if (recorded == CLAIM_NONE)
        fail(report, r,
             "no claim is recorded; it is %s (%s); `lockstep measure --write "
             "%s` records it",
             claimed_id(r->claim), terms(r), r->c->id);
    else if (r->claim == recorded)
        judge_reason(report, r);
    else
        fail(report, r, "%srecorded %s, measured %s (%s)",
             r->claim > recorded ? "better than recorded: " : "",
             claimed_id(recorded), claimed_id(r->claim), terms(r));
}

static void fail_report(struct report *report, const struct result *r,
                        const char *name)
{
    struct buf told = {0};
    for (size_t i = 0; i < r->natives.n; i++)
        buf_addf(&told, "%s'%s'", i ? ", " : "", r->natives.v[i]);
    fail(report, r,
         "recorded to report '%s', which it did in none of %u runs; it "
         "reported %s",
         name, r->runs, told.len ? buf_str(&told) : "nothing");
    buf_fini(&told);
}

/* Each name that is recorded must have been reported. */
static void judge_reports(struct report *report, const struct result *r)
{
    const struct expectation *e = r->expected;
    /* Where the rate allows a run without the bug, it allows no report. */
    if (!e || (e->verdict == VERDICT_SOMETIMES && r->flagged == 0))
        return;
    for (unsigned i = 0; i < e->reports_count; i++)
        if (!strv_has(&r->natives, e->reports[i]))
            fail_report(report, r, e->reports[i]);
}

static void judge_end(struct report *report, const struct result *r)
{
    if (r->unended == 0)
        return;
    fail(report, r,
         "the program did not end as it must in %u of %u runs%s: it prints "
         "its token at the end%s",
         r->unended, r->runs, r->hung ? " (it hung)" : "",
         r->variant->buggy ? ", or fails as 'failure' says" : " and held");
}

static bool recorded_to_die(const struct result *r)
{
    return r->expected && r->expected->verdict == VERDICT_CRASHES;
}

/* A detector that broke with it is no verdict on the case, unless it is known
 * to do so. */
static void tell_death(struct report *report, const struct result *r)
{
    unsigned all = r->crashed + r->runs;
    if (r->note)
        strv_addf(&report->gate.incomplete,
                  "%s died on %s:%s in %u of %u runs: %s; if it must, "
                  "`lockstep measure --write %s` records it",
                  r->detector->id, r->c->id, r->variant->name, r->crashed, all,
                  r->note, r->c->id);
    else
        fail(report, r,
             "the program died in %u of %u runs: %s; if it does so under the "
             "detector only, `lockstep measure --write %s` records it",
             r->crashed, all, reason(r), r->c->id);
}

static void judge_death(struct report *report, const struct result *r)
{
    if (!recorded_to_die(r))
        tell_death(report, r);
    else if (r->runs > 0)
        fail(report, r,
             "better than recorded: recorded crashes, but %u of %u runs did "
             "not; record what they are",
             r->runs, r->crashed + r->runs);
}

static void judge(struct report *report, const struct result *r)
{
    switch (r->outcome) {
    case OUTCOME_CRASHES:
        judge_death(report, r);
        return;
    case OUTCOME_UNSUPPORTED:
    case OUTCOME_SKIPPED:
    case OUTCOME_CANCELLED:
        return;
    case OUTCOME_ERROR:
        if (r->detector->alive)
            strv_addf(&report->gate.incomplete, "%s broke on %s:%s: %s",
                      r->detector->id, r->c->id, r->variant->name,
                      r->note ? r->note : "");
        return;
    case OUTCOME_BUILD_FAILED:
        fail(report, r, "does not compile:\n%s", r->note ? r->note : "");
        return;
    default:
        break;
    }
    if (recorded_to_die(r))
        fail(report, r,
             "better than recorded: recorded crashes, measured %s; record that",
             outcome_id(r->outcome));
    else if (r->variant->buggy)
        judge_bug(report, r);
    else
        judge_fix(report, r);
    judge_claim(report, r);
    judge_reports(report, r);
    judge_end(report, r);
}

static void judge_detector(struct report *report,
                           const struct detector_report *d)
{
    const char *mend = d->mend ? d->mend : "see `lockstep doctor`";
    if (!d->usable && d->required)
        strv_addf(&report->gate.incomplete,
                  "%s is required but not usable: "
                  "%s; %s",
                  d->id, d->problem, mend);
    else if (d->usable && d->wanted && !d->alive)
        strv_addf(&report->gate.incomplete, "%s is broken: %s", d->id,
                  d->problem);
    else if (d->required && d->no_openmp && report_skips(report, d))
        strv_addf(&report->gate.incomplete,
                  "%s is required but cannot judge OpenMP: %s", d->id,
                  d->no_openmp);
}

void gate_judge(struct report *report)
{
    for (size_t i = 0; i < report->detectors.n; i++)
        judge_detector(report, &report->detectors.v[i]);
    for (size_t i = 0; i < report->results.n; i++) {
        size_t before = report->gate.failures.n;
        judge(report, &report->results.v[i]);
        report->results.v[i].differs = report->gate.failures.n > before;
    }
    report->gate.passed = !report->cancelled && report->gate.failures.n == 0 &&
                          report->gate.incomplete.n == 0;
}
