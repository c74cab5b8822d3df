/* The results of a suite for machines.
 * SPDX-License-Identifier: MIT */
#include "cli/suite_output.h"

#include "formats/support/json_text.h"

#include <string.h>

static const char *truth_id(enum suite_truth t)
{
    static const char *const ids[] = {"racy", "clean", "untold"};
    return ids[t];
}

static void field(const char *s, FILE *out)
{
    bool quoted = s[strcspn(s, ",\"\r\n")] != '\0';
    fputs(quoted ? "\"" : "", out);
    for (; *s; s++)
        fprintf(out, *s == '"' ? "\"\"" : "%c", *s);
    fputs(quoted ? "\"" : "", out);
}

void suite_csv(const struct suite_report *r, FILE *out)
{
    fputs("suite,program,label,lines_told,detector,outcome,runs,flagged,"
          "at_lines,seconds,cpu_seconds,build_seconds\r\n",
          out);
    for (size_t i = 0; i < r->results.n; i++) {
        const struct suite_result *x = &r->results.v[i];
        const struct suite_program *p = &r->programs->v[x->program];
        field(r->suite->title, out);
        fputc(',', out);
        field(p->name, out);
        fprintf(out, ",%s,%zu,%s,%s,%u,%u,%u,%.3f,%.3f,%.3f\r\n",
                truth_id(p->truth), p->lines.n, x->detector->id,
                outcome_id(x->outcome), x->runs, x->flagged, x->exact,
                x->seconds, x->cpu, x->build_seconds);
    }
}

static json_t *share_json(const struct share *s)
{
    return json_pack("{s:i, s:i, s:f, s:f}", "count", (int)s->k, "of",
                     (int)s->n, "low", s->low, "high", s->high);
}

static json_t *f1_json(const struct suite_score *s)
{
    if (s->f1 < 0)
        return json_null();
    return json_pack("{s:f, s:f, s:f}", "value", s->f1, "low", s->f1_low,
                     "high", s->f1_high);
}

static json_t *score_json(const struct suite_score *s)
{
    json_t *counts = json_pack(
        "{s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "tp",
        (int)s->hits, "fn", (int)s->misses, "fp", (int)s->alarms, "tn",
        (int)s->cleans, "timeouts", (int)s->timeouts, "hangs", (int)s->hangs,
        "crashes", (int)s->crashes, "not_built", (int)s->unbuilt, "errors",
        (int)s->errors, "not_judged", (int)s->unsupported, "unlabelled",
        (int)s->untold);
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:f, s:f, s:f}",
                     "detector", s->detector->id, "counts", counts, "recall",
                     share_json(&s->recall), "precision",
                     share_json(&s->precision), "accuracy",
                     share_json(&s->accuracy), "f1", f1_json(s), "at_lines",
                     share_json(&s->exact), "seconds", s->seconds,
                     "cpu_seconds", s->cpu, "build_seconds", s->build_seconds);
}

static json_t *result_json(const struct suite_report *r,
                           const struct suite_result *x)
{
    const struct suite_program *p = &r->programs->v[x->program];
    json_t *lines = json_array();
    for (size_t i = 0; i < p->lines.n; i++)
        json_array_append_new(lines, json_integer(p->lines.v[i]));
    return json_pack("{s:o, s:s, s:o, s:s, s:s, s:i, s:i, s:i, s:f, s:f, s:o}",
                     "program", json_text(p->name), "label", truth_id(p->truth),
                     "lines", lines, "detector", x->detector->id, "outcome",
                     outcome_id(x->outcome), "runs", (int)x->runs, "flagged",
                     (int)x->flagged, "at_lines", (int)x->exact, "seconds",
                     x->seconds, "cpu_seconds", x->cpu, "note",
                     json_text(x->note));
}

void suite_json(const struct suite_report *r, FILE *out)
{
    json_t *results = json_array(), *scores = json_array();
    json_t *incomplete = json_array();
    for (size_t i = 0; i < r->results.n; i++)
        json_array_append_new(results, result_json(r, &r->results.v[i]));
    for (size_t i = 0; i < r->scores.n; i++)
        json_array_append_new(scores, score_json(&r->scores.v[i]));
    for (size_t i = 0; i < r->base.gate.incomplete.n; i++)
        json_array_append_new(incomplete,
                              json_text(r->base.gate.incomplete.v[i]));
    json_t *j = json_pack(
        "{s:s, s:o, s:o, s:o, s:b, s:i, s:i, s:f, s:i, s:o, s:o, s:o}",
        "lockstep", LOCKSTEP_VERSION, "suite", json_text(r->suite->title),
        "manifest", json_text(r->file), "root", json_text(r->root), "cancelled",
        r->base.cancelled, "repeat", (int)r->repeat, "threads",
        (int)r->suite->threads, "wall_seconds", r->base.timing.wall, "jobs",
        (int)r->base.timing.jobs, "scores", scores, "results", results,
        "incomplete", incomplete);
    json_dumpf(j, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(j);
}
