/* SARIF 2.1.0 (OASIS), as GitHub code scanning reads it: one run for each
 * detector.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/escape.h"
#include "formats/support/json_text.h"
#include "formats/support/sarif_places.h"
#include "formats/support/sarif_rules.h"
#include "formats/support/sarif_run.h"
#include "formats/support/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static enum err write_sarif(const struct report *r,
                            const struct format_options *o, FILE *out);

const struct format format_sarif = {
    .id = "sarif",
    .title = "SARIF 2.1.0 for code scanning, of what fails the gate",
    .write = write_sarif,
};

/* What was told: in parallel, of this result, this finding. */
struct told {
    VEC(const struct result *) by;
    VEC(const struct finding *) what;
};

/* What all of one run shares. */
struct run {
    const struct report *report;
    const struct format_options *options;
    const struct detector_report *detector;
    struct places *places;
    json_t *rules, *results;
    struct told *told; /* of this run, or of all if the report is merged */
};

/* What is said of the place itself: a race has one form for all detectors, of
 * other kinds the detector's own words say it. */
static void add_text(struct buf *b, const struct result *r,
                     const struct finding *f, size_t primary)
{
    char *words = f ? words_finding(f, f->object) : words_cell(r);
    bool told = f && f->kind == KIND_DATA_RACE && primary != SIZE_MAX;
    char *access = told ? words_access(&f->accesses.v[primary]) : NULL;
    escape_sarif(b, words);
    buf_adds(b, told ? ": " : "");
    escape_sarif(b, access);
    free(access);
    free(words);
}

static void add_witnesses(struct buf *b, const struct strv *seen)
{
    for (size_t i = 0; i < seen->n; i++) {
        buf_adds(b, i ? ", " : " Seen by ");
        escape_sarif(b, seen->v[i]);
    }
    buf_adds(b, seen->n ? "." : "");
}

/* The text, the other places as links, and what the gate says. */
static json_t *message(const struct run *run, const struct result *r,
                       const struct finding *f, size_t primary,
                       const json_t *related, const struct strv *seen)
{
    struct buf b = {0};
    char *gate = words_gate_text(run->report, r);
    add_text(&b, r, f, primary);
    size_t i;
    json_t *place;
    json_array_foreach(related, i, place)
    {
        const json_t *text = json_object_get(place, "message");
        int id = (int)json_integer_value(json_object_get(place, "id"));
        buf_addf(&b, "; [%s](%d)",
                 json_string_value(json_object_get(text, "text")), id);
    }
    buf_adds(&b, ".");
    add_witnesses(&b, seen);
    if (*gate) {
        buf_adds(&b, " Gate: ");
        escape_sarif(&b, gate);
        buf_adds(&b, ".");
    }
    json_t *j = json_pack("{s:s}", "text", buf_str(&b));
    buf_fini(&b);
    free(gate);
    return j;
}

static json_t *properties(const struct result *r, const struct strv *seen)
{
    json_t *j = json_pack(
        "{s:o, s:o, s:o, s:s, s:s, s:i, s:i}", "case", json_text(r->c->id),
        "variant", json_text(r->variant->name), "detector",
        json_text(r->detector->id), "outcome", outcome_id(r->outcome), "grade",
        grade_id(r->grade), "runs", (int)r->runs, "flagged", (int)r->flagged);
    json_t *ids = json_array();
    for (size_t i = 0; i < seen->n; i++)
        json_array_append_new(ids, json_text(seen->v[i]));
    if (seen->n)
        json_object_set(j, "seenBy", ids);
    json_decref(ids);
    return j;
}

static void add_links(json_t *j, const struct run *run, const struct result *r,
                      const struct finding *f, json_t *related)
{
    json_t *flows = f ? sarif_code_flows(run->places, r, f) : NULL;
    if (json_array_size(related))
        json_object_set(j, "relatedLocations", related);
    if (flows)
        json_object_set_new(j, "codeFlows", flows);
}

static void add_fingerprint(json_t *j, const struct spot *spot)
{
    const char *hash =
        spot->source ? source_hash(spot->source, spot->line) : NULL;
    if (hash)
        json_object_set_new(
            j, "partialFingerprints",
            json_pack("{s:s}", "primaryLocationLineHash", hash));
}

/* Of a merged report: who saw it. Owned by the caller. */
static struct strv witnesses(const struct run *run, const struct result *r,
                             const struct finding *f)
{
    struct strv ids = {0};
    const struct results *l = &run->report->results;
    for (size_t i = 0; f && run->report->merged && i < l->n; i++)
        for (size_t j = 0; j < l->v[i].findings.n; j++) {
            const struct finding *other = &l->v[i].findings.v[j];
            if (l->v[i].variant == r->variant && finding_same(other, f) &&
                !strv_has(&ids, other->detector))
                strv_add(&ids, other->detector);
        }
    return ids;
}

/* f is NULL where there is nothing but that it differs. */
static void add_result(struct run *run, const struct result *r,
                       const struct finding *f)
{
    const struct kind_help *help = f ? kind_help(f->kind)
                                   : run->report->merged
                                       ? &kind_help_bad_end
                                       : &kind_help_unlike_record;
    struct spot spot;
    size_t primary = places_primary(run->places, r, f, &spot);
    struct strv seen = witnesses(run, r, f);
    const struct frame *frame =
        f && primary != SIZE_MAX ? access_place(&f->accesses.v[primary]) : NULL;
    json_t *related =
        f ? sarif_related(run->places, r, f, primary) : json_array();
    json_t *j =
        json_pack("{s:s, s:i, s:s, s:o, s:[o], s:o}", "ruleId", help->id,
                  "ruleIndex", (int)sarif_rule(run->rules, help), "level",
                  r->differs ? "error" : "note", "message",
                  message(run, r, f, primary, related, &seen), "locations",
                  sarif_location(&spot, frame ? frame->function : NULL, NULL),
                  "properties", properties(r, &seen));
    strv_fini(&seen);
    add_links(j, run, r, f, related);
    add_fingerprint(j, &spot);
    json_array_append_new(run->results, j);
    json_decref(related);
    spot_fini(&spot);
}

/* The watchdog tells the same of a program under each detector. */
static bool is_told(const struct run *run, const struct result *r,
                    const struct finding *f)
{
    const struct told *l = run->told;
    for (size_t i = l->by.n; i > 0; i--) {
        if (l->by.v[i - 1]->variant != r->variant)
            return false;
        if (l->by.v[i - 1]->differs >= r->differs &&
            finding_same(l->what.v[i - 1], f))
            return true;
    }
    return false;
}

static void add_findings(struct run *run, const struct result *r)
{
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct finding *f = &r->findings.v[i];
        if (!str_eq(f->detector, run->detector->id) || is_told(run, r, f))
            continue;
        add_result(run, r, f);
        vec_push(&run->told->by, r);
        vec_push(&run->told->what, f);
    }
}

static void add_results(struct run *run)
{
    const struct results *l = &run->report->results;
    for (size_t i = 0; i < l->n; i++) {
        const struct result *r = &l->v[i];
        if (r->differs || run->options->all)
            add_findings(run, r);
        if (r->differs && r->detector == run->detector && r->findings.n == 0)
            add_result(run, r, NULL);
    }
}

/* Adds the run of d; that of one that was not chosen only if it has spoken. */
static void add_run(json_t *runs, const struct report *r,
                    const struct format_options *o,
                    const struct detector_report *d, struct places *places,
                    struct told *told)
{
    struct run run = {.report = r,
                      .options = o,
                      .detector = d,
                      .places = places,
                      .told = told,
                      .rules = json_array(),
                      .results = json_array()};
    add_results(&run);
    if ((d->wanted && d->usable) || json_array_size(run.results))
        json_array_append_new(runs,
                              sarif_run(r, d, places, run.rules, run.results));
    json_decref(run.rules);
    json_decref(run.results);
}

static void told_fini(struct told *l)
{
    vec_fini(&l->by);
    vec_fini(&l->what);
}

static enum err write_sarif(const struct report *r,
                            const struct format_options *o, FILE *out)
{
    struct places places;
    struct told told = {0};
    json_t *runs = json_array();
    places_init(&places, r, o);
    for (size_t i = 0; i < r->detectors.n; i++) {
        add_run(runs, r, o, &r->detectors.v[i], &places, &told);
        if (!r->merged)
            told_fini(&told);
    }
    json_t *j = json_pack("{s:s, s:s, s:o}", "$schema",
                          "https://json.schemastore.org/sarif-2.1.0.json",
                          "version", "2.1.0", "runs", runs);
    int failed = json_dumpf(j, out, JSON_INDENT(1));
    fputc('\n', out);
    json_decref(j);
    told_fini(&told);
    places_fini(&places);
    return failed || fflush(out) != 0 || ferror(out) ? ERR_IO : ERR_OK;
}
