/* Plans and runs a program of the user's own under detectors.
 * SPDX-License-Identifier: MIT */
#include "engine/own.h"

#include "engine/ledger.h"
#include "engine/own_cell.h"
#include "engine/own_gate.h"
#include "engine/own_keeping.h"
#include "engine/own_matrix.h"
#include "engine/pool.h"
#include "engine/store.h"
#include "formats/support/repository.h"
#include "os/clock.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

struct own {
    const struct own_spec *o;
    struct own_report *report;
    struct own_cell *cells; /* one for each result */
    size_t *running;        /* indices of those that are run */
    size_t n;
    char *run_dir;
    struct ledger ledger;
};

/* Why a detector cannot be used at all, or NULL. */
static char *why_not(const struct detector_report *d, enum outcome *outcome)
{
    *outcome = d->usable ? OUTCOME_ERROR : OUTCOME_SKIPPED;
    return d->usable && d->alive ? NULL : str_dup(d->problem);
}

static void plan(struct own *own)
{
    struct own_results *results = &own->report->results;
    struct detector_reports *l = &own->report->base.detectors;
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].wanted)
            vec_push(results, ((struct own_result){.detector = &l->v[i]}));
    own->cells = mem_new(results->n ? results->n : 1, sizeof *own->cells);
    own->running = mem_new(results->n ? results->n : 1, sizeof *own->running);
    for (size_t i = 0; i < results->n; i++) {
        struct own_result *r = &results->v[i];
        own_cell_init(&own->cells[i], own->o, detector_by_id(r->detector->id),
                      r, own->run_dir);
        r->note = why_not(r->detector, &r->outcome);
        if (!r->note)
            r->outcome = OUTCOME_CANCELLED;
    }
}

static enum err prepare(struct own *own, struct diag *d)
{
    struct own_results *results = &own->report->results;
    enum err e = ERR_OK;
    ledger_expect(&own->ledger, results->n);
    for (size_t i = 0; i < results->n && e == ERR_OK; i++) {
        if (results->v[i].outcome != OUTCOME_CANCELLED || proc_cancelled())
            continue;
        ledger_tell(&own->ledger,
                    own->o->build ? "building for" : "looking for",
                    own->cells[i].detector->id);
        e = own_cell_prepare(&own->cells[i], d);
        ledger_done(&own->ledger, ERR_OK);
        if (e == ERR_OK && results->v[i].outcome == OUTCOME_CANCELLED)
            own->running[own->n++] = i;
    }
    return e == ERR_CANCELLED ? ERR_OK : e;
}

/* Job i is run i / n of the detector i % n. */
static void run_job(void *arg, size_t i, struct slot *slot)
{
    (void)slot;
    struct own *own = arg;
    struct own_cell *cell = &own->cells[own->running[i % own->n]];
    enum err e = ERR_OK;
    if (ledger_goes_on(&own->ledger) && !proc_cancelled()) {
        ledger_tell(&own->ledger, own->o->program, cell->detector->id);
        e = own_cell_run(cell, (unsigned)(i / own->n));
    }
    ledger_done(&own->ledger, e);
}

static void merge(struct own *own)
{
    struct own_report *report = own->report;
    struct observations all = {0};
    for (size_t i = 0; i < report->results.n; i++)
        own_cell_finish(&own->cells[i], &all);
    merge_observations(&all, &report->findings);
    for (size_t i = 0; i < report->findings.n; i++) {
        struct merged_finding *m = &report->findings.v[i];
        struct baseline_entry *e =
            own->o->baseline ? baseline_find(own->o->baseline, m) : NULL;
        m->known = e != NULL;
        m->reason = e ? e->reason : NULL;
        report->new_findings += !m->known;
    }
}

static void add_times(struct own *own, double wall)
{
    struct timing_report *t = &own->report->base.timing;
    t->wall = wall;
    t->jobs = own->o->engine->jobs;
    for (size_t i = 0; i < own->report->results.n; i++) {
        const struct own_result *r = &own->report->results.v[i];
        t->children += r->seconds + r->build_seconds;
        t->cpu += r->cpu;
        t->built += r->build_seconds > 0;
    }
}

static void begin_report(const struct own_spec *o, struct own_report *r)
{
    r->program = str_dup(o->program);
    r->source_dir = str_dup(o->source_dir);
    r->corpus.dir = str_dup(o->source_dir);
    r->base.corpus = &r->corpus;
    repository_note(&r->base);
    strv_add_all(&r->args, o->args);
    r->build = str_dup(o->build);
    r->baseline = o->baseline;
    r->baseline_path = o->baseline_path;
}

static void own_fini(struct own *own)
{
    for (size_t i = 0; own->cells && i < own->report->results.n; i++)
        own_cell_fini(&own->cells[i]);
    free(own->cells);
    free(own->running);
    free(own->run_dir);
    ledger_fini(&own->ledger);
}

static enum err unwritable(const struct own_spec *o, enum err e, struct diag *d)
{
    diag_add(d, "%s: cannot be written: %s; name a folder with --out DIR",
             o->engine->out, err_text(e));
    return e;
}

enum err own_run(const struct own_spec *o, struct own_report *report,
                 struct diag *d)
{
    struct own own = {.o = o, .report = report};
    begin_report(o, report);
    enum err e = store_new_run(o->engine->out, &own.run_dir);
    if (e != ERR_OK)
        return unwritable(o, e, d);
    report->base.run = str_dup(str_basename(own.run_dir));
    ledger_init(&own.ledger, o->engine);
    engine_probe(o->engine, o->fresh, &report->base);
    plan(&own);
    size_t before = d->messages.n;
    e = prepare(&own, d);
    if (e != ERR_OK) {
        if (d->messages.n == before)
            unwritable(o, e, d);
        goto out;
    }
    double start = clock_now();
    size_t runs = own.n * o->engine->repeat;
    ledger_expect(&own.ledger, runs);
    pool_run(o->engine->jobs, runs, run_job, &own);
    merge(&own);
    add_times(&own, clock_now() - start);
    report->base.cancelled = proc_cancelled();
    own_judge(o, report);
    own_matrix(report);
    e = ledger_error(&own.ledger);
    e = e == ERR_OK ? own_keep(o, report, d) : unwritable(o, e, d);
out:
    own_fini(&own);
    return e;
}

char *own_run_dir(const struct own_report *report)
{
    for (size_t i = 0; i < report->results.n; i++) {
        const char *dir = report->results.v[i].report_dir;
        if (dir)
            return str_ndup(dir, (size_t)(strrchr(dir, '/') - dir));
    }
    return NULL;
}
