/* A report on a program of the user's own as JSON.
 * SPDX-License-Identifier: MIT */
#include "cli/own_json.h"

#include "formats/support/checkout_json.h"
#include "formats/support/finding_json.h"
#include "formats/support/json_text.h"

static json_t *list_json(const struct strv *l)
{
    json_t *j = json_array();
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(j, json_text(l->v[i]));
    return j;
}

static json_t *host_json(const struct host_report *h)
{
    return json_pack("{s:o, s:o, s:i, s:s?}", "system", json_text(h->system),
                     "cpu", json_text(h->cpu), "cores", (int)h->cores,
                     "kill_ladder", h->ladder);
}

static json_t *suppressed_json(const struct suppressed_list *l)
{
    json_t *j = json_array();
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(j, json_pack("{s:o, s:I}", "name",
                                           json_text(l->v[i].name), "count",
                                           (json_int_t)l->v[i].count));
    return j;
}

static json_t *result_json(const struct own_result *r)
{
    json_t *runs =
        json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "judged", (int)r->runs,
                  "flagged", (int)r->flagged, "hung", (int)r->hung, "timed_out",
                  (int)r->timed_out, "died", (int)r->died, "failed",
                  (int)r->failed, "broken", (int)r->broken);
    return json_pack(
        "{s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:f, s:f, s:f, s:o}",
        "detector", json_text(r->detector->id), "version",
        json_text(r->detector->version), "outcome", outcome_id(r->outcome),
        "runs", runs, "ended", json_text(r->ended), "note", json_text(r->note),
        "hint", json_text(r->hint), "command", json_text(r->command),
        "report_dir", json_text(r->report_dir), "seconds", r->seconds,
        "cpu_seconds", r->cpu, "build_seconds", r->build_seconds, "suppressed",
        suppressed_json(&r->suppressed));
}

static json_t *landmarks_json(const struct landmarks *l)
{
    json_t *j = json_array();
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(j, json_pack("{s:o, s:o, s:o}", "file",
                                           json_text(l->v[i].file), "function",
                                           json_text(l->v[i].function), "code",
                                           json_text(l->v[i].code)));
    return j;
}

static unsigned runs_under(const struct own_report *r, const char *id)
{
    for (size_t i = 0; i < r->results.n; i++)
        if (str_eq(r->results.v[i].detector->id, id))
            return r->results.v[i].runs;
    return 0;
}

static json_t *seen_json(const struct own_report *r, const struct sightings *l)
{
    json_t *j = json_array();
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(j, json_pack("{s:o, s:o, s:i, s:i}", "detector",
                                           json_text(l->v[i].detector), "under",
                                           json_text(l->v[i].under), "runs",
                                           (int)l->v[i].runs, "of",
                                           (int)runs_under(r, l->v[i].under)));
    return j;
}

static json_t *finding_json(const struct own_report *r,
                            const struct merged_finding *m)
{
    const struct finding *f = &m->finding;
    json_t *accesses = json_array();
    for (size_t i = 0; i < f->accesses.n; i++)
        json_array_append_new(accesses, access_json(&f->accesses.v[i]));
    return json_pack(
        "{s:s, s:s, s:b, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:o}",
        "fingerprint", m->fingerprint, "kind", kind_id(f->kind), "known",
        m->known, "reason", json_text(m->reason), "one_sided", m->one_sided,
        "native", json_text(f->native), "object", json_text(f->object),
        "message", json_text(f->message), "accesses", accesses, "places",
        landmarks_json(&m->landmarks), "detectors", seen_json(r, &m->seen));
}

static json_t *findings_json(const struct own_report *r)
{
    json_t *j = json_array();
    for (size_t i = 0; i < r->findings.n; i++)
        json_array_append_new(j, finding_json(r, &r->findings.v[i]));
    return j;
}

/* What the baseline has and no run has shown. */
static json_t *vanished_json(const struct baseline *b)
{
    json_t *j = json_array();
    for (size_t i = 0; b && i < b->entries.n; i++) {
        const struct baseline_entry *e = &b->entries.v[i];
        if (!e->seen)
            json_array_append_new(
                j, json_pack("{s:o, s:s, s:o, s:o}", "fingerprint",
                             json_text(e->fingerprint), "kind",
                             kind_id(e->kind), "message", json_text(e->message),
                             "places", landmarks_json(&e->landmarks)));
    }
    return j;
}

static json_t *gate_json(const struct gate_report *g)
{
    return json_pack("{s:b, s:o, s:o}", "passed", g->passed, "failures",
                     list_json(&g->failures), "incomplete",
                     list_json(&g->incomplete));
}

static json_t *program_json(const struct own_report *r)
{
    return json_pack("{s:o, s:o, s:o}", "path", json_text(r->program), "args",
                     list_json(&r->args), "build", json_text(r->build));
}

json_t *own_json(const struct own_report *r)
{
    json_t *results = json_array();
    for (size_t i = 0; i < r->results.n; i++)
        json_array_append_new(results, result_json(&r->results.v[i]));
    const struct timing_report *t = &r->base.timing;
    json_t *j = json_pack(
        "{s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:{s:f, s:f, s:i}}",
        "lockstep", LOCKSTEP_VERSION, "cancelled", r->base.cancelled, "host",
        host_json(&r->base.host), "program", program_json(r), "results",
        results, "findings", findings_json(r), "baseline",
        json_text(r->baseline_path), "vanished", vanished_json(r->baseline),
        "gate", gate_json(&r->base.gate), "timing", "wall_seconds", t->wall,
        "children_seconds", t->children, "jobs", (int)t->jobs);
    json_object_set_new(j, "run", json_text(r->base.run));
    json_object_set_new(j, "checkout", checkout_json(&r->base.checkout));
    return j;
}
