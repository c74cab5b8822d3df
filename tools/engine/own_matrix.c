/* A program of the user's own as a corpus of one case.
 * SPDX-License-Identifier: MIT */
#include "engine/own_matrix.h"

#include <stdlib.h>

#define CLASS "own"

/* All that a format may ask of a case. */
static void make_case(struct own_report *report)
{
    struct manifest *m = mem_new(1, sizeof *m);
    const char *name = str_basename(report->program);
    m->title = str_fmt("%s, a program of your own", name);
    m->origin = str_dup("");
    m->scenario = str_dup("");
    m->diagnosis = str_dup("");
    struct scenario_case c = {
        .id = str_fmt(CLASS "/%s", name),
        .class = str_dup(CLASS),
        .name = str_dup(name),
        .dir = str_dup(report->source_dir),
        .manifest_path = str_dup(""),
        .manifest = m,
    };
    struct variant v = {.name = str_dup("program"),
                        .source = str_dup(report->program),
                        .model = MODEL_PTHREAD,
                        .buggy = true};
    vec_push(&c.variants, v);
    free(report->corpus.dir);
    report->corpus.dir = str_dup(report->source_dir);
    vec_push(&report->corpus.cases, c);
    report->base.corpus = &report->corpus;
}

static void copy_finding(struct findings *to, const struct merged_finding *m,
                         const char *detector)
{
    const struct finding *f = &m->finding;
    struct finding *copy = findings_add(to, detector, f->kind, f->native);
    copy->message = str_dup(f->message);
    copy->object = str_dup(f->object);
    for (size_t i = 0; i < f->accesses.n; i++) {
        const struct access *a = &f->accesses.v[i];
        struct access *own = accesses_add(&copy->accesses, a->role);
        own->previous = a->previous;
        own->thread = str_dup(a->thread);
        for (size_t j = 0; j < a->stack.n; j++)
            frames_add_copy(&own->stack, &a->stack.v[j]);
    }
}

/* The watchdog may have seen it in the same runs as the detector itself. */
static void add_findings(const struct own_report *report, const char *under,
                         struct result *r)
{
    for (size_t i = 0; i < report->findings.n; i++) {
        const struct merged_finding *m = &report->findings.v[i];
        for (size_t j = 0; j < m->seen.n && !m->known; j++)
            if (str_eq(m->seen.v[j].under, under))
                copy_finding(&r->findings, m, m->seen.v[j].detector);
    }
}

static bool ended_badly(const struct own_result *r)
{
    return r->timed_out || r->died || r->failed ||
           (r->hung && r->flagged == 0) || r->outcome == OUTCOME_BUILD_FAILED;
}

static void add_result(struct own_report *report, const struct own_result *own)
{
    const struct scenario_case *c = &report->corpus.cases.v[0];
    struct result r = {
        .c = c,
        .variant = &c->variants.v[0],
        .detector = own->detector,
        .outcome = own->outcome,
        .runs = own->runs,
        .flagged = own->flagged,
        .hung = own->hung,
        .seconds = own->seconds,
        .cpu = own->cpu,
        .command = str_dup(own->command),
        .note = str_dup(own->note ? own->note : own->ended),
        .report_dir = str_dup(own->report_dir),
    };
    add_findings(report, own->detector->id, &r);
    r.differs = r.findings.n > 0 || ended_badly(own);
    if (!r.differs && own->flagged)
        r.outcome = OUTCOME_CLEAN; /* but for what is known */
    vec_push(&report->base.results, r);
}

void own_matrix(struct own_report *report)
{
    make_case(report);
    report->base.merged = true;
    for (size_t i = 0; i < report->results.n; i++)
        add_result(report, &report->results.v[i]);
}
