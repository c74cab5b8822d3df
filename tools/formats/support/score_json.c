/* The score as JSON.
 * SPDX-License-Identifier: MIT */
#include "formats/support/score_json.h"

#include "formats/support/json_text.h"

static json_t *share_json(const struct share *s)
{
    return json_pack("{s:i, s:i, s:f, s:f}", "count", (int)s->k, "of",
                     (int)s->n, "low", s->low, "high", s->high);
}

static json_t *tally_json(const char *detector, const struct tally *t)
{
    return json_pack("{s:o, s:o, s:i, s:o, s:o}", "detector",
                     json_text(detector), "recall", share_json(&t->recall),
                     "sometimes", (int)t->sometimes, "false_alarms",
                     share_json(&t->alarms), "exact", share_json(&t->exact));
}

static json_t *known(double x)
{
    return x > 0 ? json_real(x) : json_null();
}

static json_t *cost_json(const struct cost *c)
{
    return json_pack(
        "{s:i, s:f, s:f, s:o, s:o, s:o, s:o}", "runs", (int)c->runs, "seconds",
        c->wall, "cpu_seconds", c->cpu, "median_seconds",
        c->runs ? json_real(c->wall_median) : json_null(), "median_cpu_seconds",
        c->runs ? json_real(c->cpu_median) : json_null(), "factor",
        known(c->wall_factor), "cpu_factor", known(c->cpu_factor));
}

static json_t *detectors_json(const struct score *s)
{
    json_t *list = json_array();
    for (size_t i = 0; i < s->detectors.n; i++) {
        const struct detector_score *d = &s->detectors.v[i];
        json_t *j = tally_json(d->detector->id, &d->tally);
        json_object_set_new(j, "cost", cost_json(&d->cost));
        json_array_append_new(list, j);
    }
    return list;
}

static json_t *classes_json(const struct score *s)
{
    json_t *list = json_array();
    for (size_t i = 0; i < s->classes.n; i++) {
        const struct class_score *c = &s->classes.v[i];
        json_t *detectors = json_array();
        for (size_t j = 0; j < c->tallies.n; j++)
            json_array_append_new(
                detectors,
                tally_json(s->detectors.v[j].detector->id, &c->tallies.v[j]));
        json_array_append_new(
            list, json_pack("{s:o, s:i, s:i, s:o}", "class",
                            json_text(c->class), "bugs", (int)c->bugs, "fixes",
                            (int)c->fixes, "detectors", detectors));
    }
    return list;
}

static json_t *bugs_json(const struct scored_bugs *l)
{
    json_t *list = json_array();
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(
            list, json_pack("{s:o, s:o}", "case", json_text(l->v[i].c->id),
                            "variant", json_text(l->v[i].variant->name)));
    return list;
}

json_t *score_json(const struct score *s)
{
    return json_pack("{s:i, s:i, s:i, s:i, s:o, s:o, s:o, s:o, s:o}", "bugs",
                     (int)s->bugs, "flagged", (int)s->flagged, "fixes",
                     (int)s->fixes, "clean", (int)s->clean, "baseline",
                     json_text(s->baseline ? s->baseline->id : NULL),
                     "detectors", detectors_json(s), "classes", classes_json(s),
                     "unflagged", bugs_json(&s->unflagged), "unjudged",
                     bugs_json(&s->unjudged));
}
