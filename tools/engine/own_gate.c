/* The verdict on a program of the user's own.
 * SPDX-License-Identifier: MIT */
#include "engine/own_gate.h"

/* Whether the watchdog could say of a hang under that detector what it is. */
static bool explained(const struct own_report *report, const char *under)
{
    for (size_t i = 0; i < report->findings.n; i++) {
        const struct merged_finding *m = &report->findings.v[i];
        for (size_t j = 0; j < m->seen.n; j++)
            if (str_eq(m->seen.v[j].under, under) &&
                str_eq(m->finding.detector, "watchdog"))
                return true;
    }
    return false;
}

static void judge_end(const struct own_spec *o, struct own_report *report,
                      const struct own_result *r)
{
    struct strv *failures = &report->base.gate.failures;
    const char *id = r->detector->id;
    if (r->hung && !explained(report, id))
        strv_addf(failures,
                  "it hangs under %s in %u of %u runs: all its threads are "
                  "blocked for ever",
                  id, r->hung, r->runs);
    if (r->timed_out)
        strv_addf(failures,
                  "it did not end in time under %s in %u of %u runs; "
                  "--timeout gives it longer",
                  id, r->timed_out, r->runs);
    if (r->died)
        strv_addf(failures, "it %s under %s, in %u of %u runs", r->ended, id,
                  r->died, r->runs);
    if (r->failed)
        strv_addf(failures,
                  "the program itself %s, not %d, under %s in %u of %u runs",
                  r->died ? "ended with another code" : r->ended, o->exit_code,
                  id, r->failed, r->runs);
}

static void judge_result(const struct own_spec *o, struct own_report *report,
                         const struct own_result *r)
{
    struct gate_report *gate = &report->base.gate;
    const struct detector_report *d = r->detector;
    switch (r->outcome) {
    case OUTCOME_BUILD_FAILED:
        strv_addf(&gate->failures, "it cannot be built for %s", d->id);
        break;
    case OUTCOME_ERROR:
        strv_addf(&gate->incomplete, "%s is broken: %s", d->id, r->note);
        break;
    case OUTCOME_UNSUPPORTED:
    case OUTCOME_SKIPPED:
        if (d->required)
            strv_addf(&gate->incomplete, "%s is required but cannot judge: %s",
                      d->id, r->note);
        break;
    default:
        break;
    }
    judge_end(o, report, r);
}

void own_judge(const struct own_spec *o, struct own_report *report)
{
    struct gate_report *gate = &report->base.gate;
    gate->asked = true;
    if (report->new_findings)
        strv_addf(&gate->failures, "%zu %sfinding%s", report->new_findings,
                  report->baseline ? "new " : "",
                  report->new_findings == 1 ? "" : "s");
    for (size_t i = 0; i < report->results.n; i++)
        judge_result(o, report, &report->results.v[i]);
    gate->passed = gate->failures.n == 0 && gate->incomplete.n == 0 &&
                   !report->base.cancelled;
}
