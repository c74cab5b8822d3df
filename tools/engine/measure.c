/* Measuring a case: plain runs, then detectors, then the record of both.
 * SPDX-License-Identifier: MIT */
#include "engine/measure.h"

#include "engine/gate.h"
#include "engine/plain.h"
#include "engine/recording.h"
#include "engine/store.h"
#include "os/fs.h"
#include "os/host.h"

#include <stdlib.h>

/* A share of the CPU time, chosen: with more of it in other hands, threads that
 * would run side by side do not always. */
#define BUSY 0.05

struct session {
    const struct measure_options *o;
    const struct scenario_case *c;
    const struct variant *only; /* NULL: all */
    struct measured *out;
    char *run_dir;
    unsigned builds; /* run plainly, for the names of their folders */
};

void measured_fini(struct measured *m)
{
    record_fini(&m->record);
    report_fini(&m->report);
    strv_fini(&m->notes);
    *m = (struct measured){0};
}

static bool is_selected(const struct session *s, const struct variant *v)
{
    return !s->only || s->only == v;
}

static const struct variant *variant_of(const struct session *s,
                                        const struct plain *p)
{
    return case_variant(s->c, manifest_variant(p->variant));
}

/* The manifest's entries, and one for each bug that has none. */
static void list_builds(struct session *s)
{
    const struct manifest *m = s->c->manifest;
    struct record *r = &s->out->record;
    for (unsigned i = 0; i < m->plain_count; i++)
        vec_push(&r->plain, ((struct plain_record){m->plain[i], (int)i}));
    for (size_t i = 0; i < s->c->variants.n; i++) {
        const struct variant *v = &s->c->variants.v[i];
        bool has = !v->buggy || !is_selected(s, v) || s->o->plain == 0;
        for (unsigned j = 0; j < m->plain_count; j++)
            has |= variant_of(s, &m->plain[j]) == v;
        struct plain p = {.variant = v->name};
        if (!has)
            vec_push(&r->plain, ((struct plain_record){p, RECORD_NEW}));
    }
}

static void judge_plain(struct session *s, const char *name, bool buggy,
                        const struct plain_tally *t)
{
    struct strv *failures = &s->out->report.gate.failures;
    unsigned runs = t->held + t->shows + t->other;
    if (t->problem && runs == 0)
        strv_addf(failures, "%s plainly: %s", name, t->problem);
    if (t->other > 0)
        strv_addf(failures,
                  "%s: %u of %u plain runs neither held nor failed as a bug "
                  "does: %s",
                  name, t->other, runs, t->problem);
    if (t->shows > 0 && !buggy)
        strv_addf(failures,
                  "%s: a fix must not fail, but in %u of %u plain runs: %s",
                  name, t->shows, runs, t->failure);
}

/* A fix that cannot be tried here is no failure. */
static bool is_missing(const struct variant *v)
{
    char *mpicc = v->model == MODEL_MPI ? fs_which("mpicc") : NULL;
    bool missing = v->model == MODEL_MPI && !mpicc;
    free(mpicc);
    return missing;
}

/* Runs one build and judges it; p gets its figures. */
static enum err try_build(struct session *s, const struct variant *v,
                          unsigned runs, struct plain *p)
{
    struct plain_tally tally;
    char *name = plain_name(s->c, v, p);
    char *dir =
        str_fmt("%s/%s/%s.plain%u", s->run_dir, s->c->id, v->name, ++s->builds);
    struct plain_spec spec = {s->o->engine, s->c, v, p, runs, dir};
    enum err e = plain_run(&spec, &tally);
    if (e == ERR_OK || e == ERR_INVALID) {
        judge_plain(s, name, v->buggy, &tally);
        p->shows = tally.shows;
        p->runs = tally.held + tally.shows;
        e = ERR_OK;
    }
    plain_tally_fini(&tally);
    free(dir);
    free(name);
    return e;
}

static enum err try_listed(struct session *s)
{
    enum err e = ERR_OK;
    struct record *r = &s->out->record;
    for (size_t i = 0; i < r->plain.n && e == ERR_OK; i++) {
        const struct variant *v = variant_of(s, &r->plain.v[i].is);
        if (is_selected(s, v))
            e = try_build(s, v, s->o->plain, &r->plain.v[i].is);
    }
    return e;
}

static bool is_listed(const struct session *s, const struct plain *p)
{
    const struct record *r = &s->out->record;
    for (size_t i = 0; i < r->plain.n; i++)
        if (plain_same(&r->plain.v[i].is, p))
            return true;
    return false;
}

VEC_TYPE(plains, struct plain);

/* The ways in which bugs are built and run; at least the bare one. */
static void list_ways(const struct session *s, struct plains *out)
{
    const struct record *r = &s->out->record;
    for (size_t i = 0; i < r->plain.n; i++) {
        struct plain p = r->plain.v[i].is;
        bool told = !variant_of(s, &p)->buggy;
        p.variant = NULL;
        for (size_t j = 0; j < out->n; j++)
            told |= plain_same(&out->v[j], &p);
        if (!told)
            vec_push(out, p);
    }
    if (out->n == 0)
        vec_push(out, ((struct plain){0}));
}

/* A fix must hold in each of them. */
static enum err try_fixes(struct session *s)
{
    struct plains ways = {0};
    unsigned most = MEASURE_FIX_RUNS;
    unsigned runs = s->o->plain < most ? s->o->plain : most;
    enum err e = ERR_OK;
    list_ways(s, &ways);
    for (size_t i = 0; i < s->c->variants.n; i++) {
        const struct variant *v = &s->c->variants.v[i];
        for (size_t j = 0; j < ways.n && e == ERR_OK; j++) {
            struct plain p = ways.v[j];
            p.variant = v->name;
            if (!v->buggy && is_selected(s, v) && !is_listed(s, &p) &&
                !is_missing(v))
                e = try_build(s, v, runs, &p);
        }
    }
    vec_fini(&ways);
    return e;
}

static void tell_noise(struct session *s, const struct host_usage *before)
{
    struct host_usage after;
    host_usage(&after);
    double others = host_others(before, &after);
    double stolen = host_stolen(before, &after);
    if (others + stolen > BUSY)
        strv_addf(&s->out->notes,
                  "%s: other work took %.0f %% of the CPU time during the "
                  "plain runs: on a quiet computer they may fail more often",
                  s->c->id, 100 * (others + stolen));
}

static enum err run_plainly(struct session *s)
{
    struct host_usage before;
    list_builds(s);
    if (s->o->plain == 0)
        return ERR_OK;
    host_usage(&before);
    enum err e = store_new_run(s->o->engine->out, &s->run_dir);
    if (e == ERR_OK)
        e = try_listed(s);
    if (e == ERR_OK)
        e = try_fixes(s);
    if (e == ERR_OK)
        tell_noise(s, &before);
    free(s->run_dir);
    return e;
}

static void check_rates(struct session *s)
{
    struct report *report = &s->out->report;
    for (size_t i = 0; i < report->results.n; i++) {
        const struct result *r = &report->results.v[i];
        const struct expectation *e = r->expected;
        if (e && e->verdict == VERDICT_SOMETIMES && e->runs < RATE_RUNS)
            strv_addf(&report->gate.failures,
                      "%s:%s under %s: flagged in %u of %u runs: a rate needs "
                      "%d runs or more (--repeat)",
                      r->c->id, r->variant->name, r->detector->id, r->flagged,
                      r->runs, RATE_RUNS);
    }
}

/* What is to be recorded for a cell; NULL: the default. */
static const struct expectation *recorded(const struct record *record,
                                          const struct result *r)
{
    for (size_t i = 0; i < record->expect.n; i++) {
        const struct expect_record *e = &record->expect.v[i];
        if (str_eq(manifest_variant(e->is.variant), r->variant->name) &&
            strv_has(&e->detectors, r->detector->id))
            return &e->is;
    }
    const struct detector *d = detector_by_id(r->detector->id);
    return d ? detector_implied(d, r->c, r->variant) : NULL;
}

/* The gate, asked whether it would pass with the new record. */
static void judge(struct session *s)
{
    struct report *report = &s->out->report;
    for (size_t i = 0; i < report->results.n; i++)
        report->results.v[i].expected =
            recorded(&s->out->record, &report->results.v[i]);
    check_rates(s);
    gate_judge(report);
}

static void tell_missing(struct session *s)
{
    const struct report *report = &s->out->report;
    for (size_t i = 0; i < report->detectors.n; i++) {
        const struct detector_report *d = &report->detectors.v[i];
        if (d->wanted && !d->usable)
            strv_addf(&s->out->notes,
                      "%s: %s is not usable here: what is recorded of it is "
                      "kept",
                      s->c->id, d->id);
    }
}

static enum err run_detectors(const struct session *s,
                              const struct corpus *corpus, struct diag *d)
{
    struct selection one = {s->c, s->only};
    const struct selections all = {&one, 1, 1};
    engine_probe(s->o->engine, false, &s->out->report);
    return engine_run(s->o->engine, corpus, &all, &s->out->report, d);
}

enum err measure_case(const struct measure_options *o,
                      const struct corpus *corpus, const struct selection *what,
                      struct measured *out, struct diag *d)
{
    struct session s = {
        .o = o, .c = what->c, .only = what->variant, .out = out};
    *out = (struct measured){0};
    enum err e = run_plainly(&s);
    if (e != ERR_OK && e != ERR_CANCELLED)
        diag_add(d, "%s: %s; name another folder with --out DIR",
                 o->engine->out, err_text(e));
    if (e != ERR_OK || o->plain_only)
        engine_list(&out->report);
    else
        e = run_detectors(&s, corpus, d);
    out->report.cancelled = proc_cancelled();
    recording_of(&out->report, what->c, &out->record, &out->notes);
    judge(&s);
    tell_missing(&s);
    return e == ERR_CANCELLED ? ERR_OK : e;
}
