/* Runs a suite that is not ours under detectors.
 * SPDX-License-Identifier: MIT */
#include "engine/suite.h"

#include "engine/ledger.h"
#include "engine/pool.h"
#include "engine/store.h"
#include "engine/suite_trial.h"
#include "os/clock.h"
#include "os/fs.h"

#include <stdlib.h>

struct running {
    const struct suite_spec *s;
    struct suite_report *report;
    char *run_dir, *cache;
    struct ledger ledger;
};

static void set_aside(struct suite_result *r, enum outcome outcome, char *note)
{
    r->outcome = outcome;
    r->note = note;
}

static void add_result(struct running *run, size_t program,
                       const struct detector_report *d)
{
    struct suite_result r = {.program = program, .detector = d};
    enum model m = run->s->suite->model;
    const struct detector *detector = detector_by_id(d->id);
    const char *unable = detector->family == DETECTOR_STATIC
                             ? "it reads sources; the suite is run"
                             : detector_unsupported(detector, m);
    if (run->s->programs->v[program].truth == SUITE_UNTOLD)
        set_aside(&r, OUTCOME_NO_TOKEN,
                  str_dup("neither racy nor clean by its label"));
    else if (unable)
        set_aside(&r, OUTCOME_UNSUPPORTED, str_dup(unable));
    else if (!d->usable)
        set_aside(&r, OUTCOME_SKIPPED, str_dup(d->problem));
    else if (!d->alive)
        set_aside(&r, OUTCOME_ERROR, str_dup(d->problem));
    else if (m == MODEL_OPENMP && d->no_openmp)
        set_aside(&r, OUTCOME_SKIPPED, str_dup(d->no_openmp));
    else
        r.outcome = OUTCOME_CANCELLED;
    vec_push(&run->report->results, r);
}

static void plan(struct running *run)
{
    const struct detector_reports *l = &run->report->base.detectors;
    for (size_t i = 0; i < run->s->programs->n; i++)
        for (size_t j = 0; j < l->n; j++)
            if (l->v[j].wanted)
                add_result(run, i, &l->v[j]);
}

static void work(void *arg, size_t i, struct slot *slot)
{
    struct running *run = arg;
    struct suite_result *r = &run->report->results.v[i];
    enum err e = ERR_OK;
    if (ledger_goes_on(&run->ledger) && r->outcome == OUTCOME_CANCELLED &&
        !proc_cancelled()) {
        ledger_tell(&run->ledger, run->s->programs->v[r->program].name,
                    r->detector->id);
        e = suite_try(run->s, run->cache, run->run_dir, r, slot);
    }
    ledger_done(&run->ledger, e);
}

static void judge(struct suite_report *report)
{
    struct gate_report *g = &report->base.gate;
    for (size_t i = 0; i < report->base.detectors.n; i++) {
        const struct detector_report *d = &report->base.detectors.v[i];
        if (d->wanted && d->usable && !d->alive)
            strv_addf(&g->incomplete, "%s is broken: %s", d->id, d->problem);
        else if (d->required && !d->usable)
            strv_addf(&g->incomplete, "%s is required but missing: %s", d->id,
                      d->problem);
    }
    for (size_t i = 0; i < report->results.n; i++) {
        const struct suite_result *r = &report->results.v[i];
        if (r->outcome == OUTCOME_ERROR && r->detector->alive)
            strv_addf(&g->incomplete, "%s is broken on %s: %s", r->detector->id,
                      report->programs->v[r->program].name,
                      r->note ? r->note : "no reason is known");
    }
    g->passed = g->incomplete.n == 0;
}

enum err suite_run(const struct suite_spec *s, struct suite_report *report,
                   struct diag *d)
{
    struct running run = {.s = s, .report = report};
    report->suite = s->suite;
    report->file = s->file;
    report->root = s->root;
    report->programs = s->programs;
    report->repeat = s->engine->repeat;
    enum err e = store_new_run(s->engine->out, &run.run_dir);
    if (e == ERR_OK) {
        ledger_init(&run.ledger, s->engine);
        run.cache = fs_join(s->engine->out, "cache");
        engine_probe(s->engine, false, &report->base);
        plan(&run);
        ledger_expect(&run.ledger, report->results.n);
        double start = clock_now();
        pool_run(s->engine->jobs, report->results.n, work, &run);
        report->base.timing.wall = clock_now() - start;
        report->base.timing.jobs = s->engine->jobs;
        report->base.cancelled = proc_cancelled();
        judge(report);
        suite_score(report);
        e = ledger_error(&run.ledger);
        ledger_fini(&run.ledger);
    }
    if (e != ERR_OK)
        diag_add(d, "%s: cannot be written: %s; name a folder with --out DIR",
                 s->engine->out, err_text(e));
    free(run.cache);
    free(run.run_dir);
    return e;
}
