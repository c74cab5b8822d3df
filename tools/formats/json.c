/* JSON, one object per report; the keys are described in docs/json.md.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/checkout_json.h"
#include "formats/support/finding_json.h"
#include "formats/support/json_text.h"
#include "formats/support/score_json.h"

#include <jansson.h>

static enum err write_json(const struct report *r,
                           const struct format_options *o, FILE *out);

const struct format format_json = {
    .id = "json",
    .title = "one JSON object with all that was measured",
    .write = write_json,
};

static json_t *host_json(const struct host_report *h)
{
    return json_pack("{s:o, s:o, s:i, s:o}", "system", json_text(h->system),
                     "cpu", json_text(h->cpu), "cores", (int)h->cores,
                     "kill_ladder", json_text(h->ladder));
}

static json_t *detector_json(const struct detector_report *d)
{
    return json_pack("{s:o, s:o, s:o, s:b, s:b, s:b, s:o, s:o, s:o}", "id",
                     json_text(d->id), "family", json_text(d->family),
                     "version", json_text(d->version), "usable", d->usable,
                     "canaries_run", d->tried, "alive", d->usable && d->alive,
                     "problem", json_text(d->problem), "mend",
                     json_text(d->mend), "no_openmp", json_text(d->no_openmp));
}

static json_t *aid_json(enum aid a)
{
    return a == AID_NONE ? json_null() : json_string(aid_id(a));
}

static json_t *claim_json(enum claimed c)
{
    return c == CLAIM_NONE ? json_null() : json_string(claimed_id(c));
}

static json_t *finding_json(const struct finding *f)
{
    json_t *accesses = json_array();
    for (size_t i = 0; i < f->accesses.n; i++)
        json_array_append_new(accesses, access_json(&f->accesses.v[i]));
    return json_pack("{s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o}", "detector",
                     json_text(f->detector), "thanks_to",
                     aid_json(f->thanks_to), "kind", kind_id(f->kind), "grade",
                     grade_id(f->grade), "native", json_text(f->native),
                     "object", json_text(f->object), "message",
                     json_text(f->message), "accesses", accesses);
}

/* A fix is expected to be clean unless something else is recorded. */
static json_t *expected_json(const struct result *r)
{
    if (r->expected)
        return json_string(verdict_id(r->expected->verdict));
    return r->variant->buggy ? json_null() : json_string("clean");
}

static json_t *list_json(const struct strv *l)
{
    json_t *j = json_array();
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(j, json_text(l->v[i]));
    return j;
}

static json_t *result_json(const struct result *r)
{
    json_t *findings = json_array();
    for (size_t i = 0; i < r->findings.n; i++)
        json_array_append_new(findings, finding_json(&r->findings.v[i]));
    json_t *j = json_pack(
        "{s:o, s:o, s:o, s:s, s:s, s:o, s:o}", "case", json_text(r->c->id),
        "variant", json_text(r->variant->name), "detector",
        json_text(r->detector->id), "outcome", outcome_id(r->outcome), "grade",
        grade_id(r->grade), "expected", expected_json(r), "findings", findings);
    json_t *runs =
        json_pack("{s:i, s:i, s:i, s:i, s:i, s:i}", "judged", (int)r->runs,
                  "crashed", (int)r->crashed, "flagged", (int)r->flagged,
                  "hung", (int)r->hung, "failure_seen", (int)r->broken,
                  "not_ended_as_recorded", (int)r->unended);
    json_object_set_new(j, "runs", runs);
    json_object_set_new(j, "thanks_to",
                        aid_json(r->annotated ? AID_ANNOTATION : AID_NONE));
    json_object_set_new(j, "claim", claim_json(r->claim));
    json_object_set_new(j, "claim_terms", json_text(r->claim_terms));
    json_object_set_new(
        j, "expected_claim",
        claim_json(r->expected ? r->expected->claim : CLAIM_NONE));
    json_object_set_new(j, "differs", json_boolean(r->differs));
    json_object_set_new(j, "reports", list_json(&r->natives));
    json_object_set_new(j, "reason",
                        json_text(r->expected ? r->expected->reason : NULL));
    json_object_set_new(j, "seconds", json_real(r->seconds));
    json_object_set_new(j, "cpu_seconds", json_real(r->cpu));
    json_object_set_new(j, "command", json_text(r->command));
    json_object_set_new(j, "report_dir", json_text(r->report_dir));
    json_object_set_new(j, "note", json_text(r->note));
    return j;
}

static json_t *gate_json(const struct gate_report *g)
{
    return json_pack("{s:b, s:o, s:o}", "passed", g->passed, "failures",
                     list_json(&g->failures), "incomplete",
                     list_json(&g->incomplete));
}

static json_t *timing_json(const struct timing_report *t)
{
    return json_pack("{s:f, s:f, s:f, s:i, s:i, s:i}", "wall_seconds", t->wall,
                     "children_seconds", t->children, "children_cpu_seconds",
                     t->cpu, "jobs", (int)t->jobs, "built", (int)t->built,
                     "reused", (int)t->reused);
}

static enum err write_json(const struct report *r,
                           const struct format_options *o, FILE *out)
{
    (void)o;
    json_t *detectors = json_array(), *results = json_array();
    for (size_t i = 0; i < r->detectors.n; i++)
        json_array_append_new(detectors, detector_json(&r->detectors.v[i]));
    for (size_t i = 0; i < r->results.n; i++)
        json_array_append_new(results, result_json(&r->results.v[i]));
    json_t *j = json_pack("{s:s, s:b, s:o, s:o, s:o, s:o, s:o}", "lockstep",
                          LOCKSTEP_VERSION, "cancelled", r->cancelled, "host",
                          host_json(&r->host), "detectors", detectors,
                          "results", results, "gate", gate_json(&r->gate),
                          "timing", timing_json(&r->timing));
    json_object_set_new(j, "score", score_json(&r->score));
    json_object_set_new(j, "run", json_text(r->run));
    json_object_set_new(j, "checkout", checkout_json(&r->checkout));
    int failed = json_dumpf(j, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(j);
    return failed || fflush(out) != 0 ? ERR_IO : ERR_OK;
}
