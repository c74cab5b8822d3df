/* SARIF 2.1.0 (OASIS), as GitHub code scanning reads it: one run for each
 * detector.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/escape.h"
#include "formats/support/json_text.h"
#include "formats/support/sarif_places.h"
#include "formats/support/sarif_rules.h"
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

/* What all of one run shares. */
struct run {
    const struct report *report;
    const struct format_options *options;
    const struct detector_report *detector;
    struct places *places;
    json_t *rules, *results;
    VEC(const struct result *) by;    /* what was told, in parallel: of this */
    VEC(const struct finding *) told; /* result, this finding */
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

/* The text, the other places as links, and what the gate says. */
static json_t *message(const struct run *run, const struct result *r,
                       const struct finding *f, size_t primary,
                       const json_t *related)
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

static json_t *properties(const struct result *r)
{
    return json_pack(
        "{s:o, s:o, s:o, s:s, s:s, s:i, s:i}", "case", json_text(r->c->id),
        "variant", json_text(r->variant->name), "detector",
        json_text(r->detector->id), "outcome", outcome_id(r->outcome), "grade",
        grade_id(r->grade), "runs", (int)r->runs, "flagged", (int)r->flagged);
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

/* f is NULL where there is nothing but that it differs. */
static void add_result(struct run *run, const struct result *r,
                       const struct finding *f)
{
    const struct kind_help *help =
        f ? kind_help(f->kind) : &kind_help_unlike_record;
    struct spot spot;
    size_t primary = places_primary(run->places, r, f, &spot);
    const struct frame *frame =
        f && primary != SIZE_MAX ? access_place(&f->accesses.v[primary]) : NULL;
    json_t *related =
        f ? sarif_related(run->places, r, f, primary) : json_array();
    json_t *j =
        json_pack("{s:s, s:i, s:s, s:o, s:[o], s:o}", "ruleId", help->id,
                  "ruleIndex", (int)sarif_rule(run->rules, help), "level",
                  r->differs ? "error" : "note", "message",
                  message(run, r, f, primary, related), "locations",
                  sarif_location(&spot, frame ? frame->function : NULL, NULL),
                  "properties", properties(r));
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
    for (size_t i = run->told.n; i > 0; i--) {
        if (run->by.v[i - 1]->variant != r->variant)
            return false;
        if (run->by.v[i - 1]->differs >= r->differs &&
            finding_same(run->told.v[i - 1], f))
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
        vec_push(&run->by, r);
        vec_push(&run->told, f);
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

/* A broken detector is told by its name. */
static json_t *notifications(const struct run *run)
{
    json_t *l = json_array();
    const struct strv *texts = &run->report->gate.incomplete;
    for (size_t i = 0; i < texts->n; i++) {
        const char *id = run->detector->id;
        size_t n = strlen(id);
        if (str_starts(texts->v[i], id) && texts->v[i][n] == ' ')
            json_array_append_new(l, json_pack("{s:s, s:{s:o}}", "level",
                                               "error", "message", "text",
                                               json_text(texts->v[i])));
    }
    return l;
}

/* The first number of the form 1.2.3 in what a tool says of its version; NULL
 * if there is none. Owned by the caller. */
static char *number_in(const char *version)
{
    static const char digits[] = "0123456789";
    for (const char *p = version; p && (p = strpbrk(p, digits));) {
        size_t n = strspn(p, "0123456789."), dots = 0;
        for (size_t i = 0; i < n; i++)
            dots += p[i] == '.';
        if (dots == 2 && p[n - 1] != '.')
            return str_ndup(p, n);
        p += n;
    }
    return NULL;
}

static json_t *driver(const struct run *run)
{
    const struct detector_report *d = run->detector;
    char *number = number_in(d->version);
    char *name = d->version ? str_fmt("%s, %s", d->title, d->version)
                            : str_dup(d->title);
    json_t *j = json_pack("{s:o, s:o, s:O}", "name", json_text(d->id),
                          "fullName", json_text(name), "rules", run->rules);
    if (number)
        json_object_set_new(j, "version", json_string(number));
    free(name);
    free(number);
    return j;
}

/* The remote is needed: a work tree without one names its own folder. */
static json_t *provenance(const struct repository *where)
{
    char *folder = repository_uri(where->root);
    json_t *j = json_pack("{s:o, s:{s:s}}", "repositoryUri",
                          json_text(where->uri ? where->uri : folder),
                          "mappedTo", "uriBaseId", "%SRCROOT%");
    json_object_set_new(j, "revisionId", json_text(where->revision));
    if (where->branch)
        json_object_set_new(j, "branch", json_text(where->branch));
    free(folder);
    return json_pack("[o]", j);
}

static json_t *root_json(const struct repository *where)
{
    char *uri = repository_uri(where->root);
    char *folder = str_fmt("%s%s", uri, str_ends(uri, "/") ? "" : "/");
    json_t *j = json_pack("{s:{s:s}}", "%SRCROOT%", "uri", folder);
    free(folder);
    free(uri);
    return j;
}

static json_t *run_json(const struct run *run)
{
    const struct repository *where = &run->places->repository;
    const struct detector_report *d = run->detector;
    char *category = str_fmt("lockstep/%s/", d->id);
    json_t *j = json_pack(
        "{s:{s:o}, s:{s:{s:{s:s, s:s}}}, s:{s:o}, s:[{s:b, s:o}], s:s, s:o, "
        "s:O}",
        "tool", "driver", driver(run), "conversion", "tool", "driver", "name",
        "Lockstep", "version", LOCKSTEP_VERSION, "automationDetails", "id",
        json_text(category), "invocations", "executionSuccessful",
        d->alive && !run->report->cancelled, "toolExecutionNotifications",
        notifications(run), "columnKind", "unicodeCodePoints",
        "originalUriBaseIds", root_json(where), "results", run->results);
    if (where->revision)
        json_object_set_new(j, "versionControlProvenance", provenance(where));
    free(category);
    return j;
}

/* Adds the run of d; that of one that was not chosen only if it has spoken. */
static void add_run(json_t *runs, const struct report *r,
                    const struct format_options *o,
                    const struct detector_report *d, struct places *places)
{
    struct run run = {.report = r,
                      .options = o,
                      .detector = d,
                      .places = places,
                      .rules = json_array(),
                      .results = json_array()};
    add_results(&run);
    if ((d->wanted && d->usable) || json_array_size(run.results))
        json_array_append_new(runs, run_json(&run));
    json_decref(run.rules);
    json_decref(run.results);
    vec_fini(&run.by);
    vec_fini(&run.told);
}

static enum err write_sarif(const struct report *r,
                            const struct format_options *o, FILE *out)
{
    struct places places;
    json_t *runs = json_array();
    places_init(&places, r, o);
    for (size_t i = 0; i < r->detectors.n; i++)
        add_run(runs, r, o, &r->detectors.v[i], &places);
    json_t *j = json_pack("{s:s, s:s, s:o}", "$schema",
                          "https://json.schemastore.org/sarif-2.1.0.json",
                          "version", "2.1.0", "runs", runs);
    int failed = json_dumpf(j, out, JSON_INDENT(1));
    fputc('\n', out);
    json_decref(j);
    places_fini(&places);
    return failed || fflush(out) != 0 || ferror(out) ? ERR_IO : ERR_OK;
}
