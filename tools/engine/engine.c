/* Plans the cells of the matrix and runs them, several at a time.
 * SPDX-License-Identifier: MIT */
#include "engine/engine.h"

#include "engine/cell.h"
#include "engine/keeping.h"
#include "engine/ledger.h"
#include "engine/pool.h"
#include "engine/shard.h"
#include "engine/store.h"
#include "formats/support/repository.h"
#include "os/fs.h"

#include <stdlib.h>

struct matrix {
    const struct engine_options *o;
    struct report *report;
    struct cell *cells;
    size_t n;
    char *run_dir;
    struct keeping keeping;
    struct ledger ledger;
};

static struct result *add_result(struct report *report,
                                 const struct scenario_case *c,
                                 const struct variant *v,
                                 const struct detector_report *d)
{
    vec_push(&report->results,
             ((struct result){.c = c, .variant = v, .detector = d}));
    struct result *r = &report->results.v[report->results.n - 1];
    r->expected = detector_expectation(detector_by_id(d->id), c, v);
    r->number = (unsigned)report->results.n - 1;
    return r;
}

/* The outcome of a cell that will not be run, with the reason in its note. */
static void set_aside(struct result *r, const struct detector_report *d)
{
    const char *unable =
        detector_unable(detector_by_id(d->id), r->c, r->variant);
    if (unable) {
        r->outcome = OUTCOME_UNSUPPORTED;
        r->note = str_dup(unable);
    } else if (!d->usable) {
        r->outcome = OUTCOME_SKIPPED;
        r->note = str_dup(d->problem);
    } else if (!d->alive) {
        r->outcome = OUTCOME_ERROR;
        r->note = str_dup(d->problem);
    } else if (r->variant->model == MODEL_OPENMP && d->no_openmp) {
        r->outcome = OUTCOME_SKIPPED;
        r->note = str_dup(d->no_openmp);
    } else {
        r->outcome = OUTCOME_CANCELLED;
    }
}

/* Whether what->v[0, n) names the program already: it is judged once. */
static bool chosen_before(const struct selections *what, size_t n,
                          const struct scenario_case *c,
                          const struct variant *v)
{
    for (size_t i = 0; i < n; i++)
        if (what->v[i].c == c &&
            (!what->v[i].variant || what->v[i].variant == v))
            return true;
    return false;
}

static void plan(struct report *report, const struct selections *what)
{
    for (size_t i = 0; i < what->n; i++) {
        const struct scenario_case *c = what->v[i].c;
        for (size_t j = 0; j < c->variants.n; j++) {
            const struct variant *v = &c->variants.v[j];
            if (what->v[i].variant && what->v[i].variant != v)
                continue;
            if (chosen_before(what, i, c, v))
                continue;
            for (size_t k = 0; k < report->detectors.n; k++) {
                const struct detector_report *d = &report->detectors.v[k];
                if (d->wanted)
                    set_aside(add_result(report, c, v, d), d);
            }
        }
    }
}

static void make_cells(struct matrix *m)
{
    m->cells = mem_new(m->report->results.n + 1, sizeof *m->cells);
    for (size_t i = 0; i < m->report->results.n; i++) {
        struct result *r = &m->report->results.v[i];
        if (r->outcome != OUTCOME_CANCELLED)
            continue;
        struct cell *cell = &m->cells[m->n++];
        cell_init(cell, m->o, detector_by_id(r->detector->id), r, m->run_dir);
        cell->keeping = &m->keeping;
    }
}

static void tell_progress(struct matrix *m, const struct cell *cell)
{
    char *program =
        str_fmt("%s:%s", cell->result->c->id, cell->result->variant->name);
    ledger_tell(&m->ledger, program, cell->detector->id);
    free(program);
}

/* Job i is repeat i / n of cell i % n: the builds come first and spread. */
static void run_job(void *arg, size_t i, struct slot *slot)
{
    struct matrix *m = arg;
    struct cell *cell = &m->cells[i % m->n];
    enum err e = ERR_OK;
    if (ledger_goes_on(&m->ledger)) {
        tell_progress(m, cell);
        e = cell_run(cell, (unsigned)(i / m->n), slot);
    }
    ledger_done(&m->ledger, e);
}

static void add_times(struct matrix *m)
{
    struct timing_report *t = &m->report->timing;
    t->wall = keeping_wall(&m->keeping);
    t->jobs = m->o->jobs;
    for (size_t i = 0; i < m->report->results.n; i++) {
        const struct result *r = &m->report->results.v[i];
        t->children += r->seconds + r->build.took.wall;
        t->cpu += r->cpu + r->build.took.cpu;
        t->built += r->build.made;
        t->reused += r->build.found;
    }
}

static void complain(const struct matrix *m, enum err e, const char *what,
                     struct diag *d)
{
    if (m->o->history && history_problem(m->o->history))
        diag_add(d, "%s", history_problem(m->o->history));
    else
        diag_add(d,
                 "%s: %s%s; free some space, or name another folder with "
                 "--out DIR",
                 m->o->out, what, err_text(e));
}

/* Plans the whole, of which a shard keeps its part. */
static enum err begin(struct matrix *m, const struct selections *what,
                      struct diag *d)
{
    struct results *l = &m->report->results;
    plan(m->report, what);
    unsigned planned = (unsigned)l->n;
    char *hash = shard_plan(l, m->o->repeat);
    if (m->o->shards)
        shard_keep(l, m->o->shard, m->o->shards);
    enum err e =
        keeping_begin(&m->keeping, m->o, m->report, planned, hash, &m->run_dir);
    if (e != ERR_OK)
        complain(m, e, "cannot be written: ", d);
    else if (m->o->resume && !m->keeping.resumed)
        diag_add(d, "there was no such run to go on with: all was run anew");
    free(hash);
    return e;
}

static void run_cells(struct matrix *m)
{
    make_cells(m);
    ledger_expect(&m->ledger, m->n * m->o->repeat);
    pool_run(m->o->jobs, m->n * m->o->repeat, run_job, m);
    for (size_t i = 0; i < m->n; i++)
        cell_finish(&m->cells[i]);
    add_times(m);
    for (size_t i = 0; i < m->n; i++)
        cell_fini(&m->cells[i]);
    free(m->cells);
}

enum err engine_run(const struct engine_options *o, const struct corpus *corpus,
                    const struct selections *what, struct report *report,
                    struct diag *d)
{
    struct matrix m = {.o = o, .report = report};
    char *cache = fs_join(o->out, "cache");
    report->corpus = corpus;
    repository_note(report);
    store_prune_cache(cache);
    free(cache);
    ledger_init(&m.ledger, o);
    enum err e = begin(&m, what, d);
    if (e == ERR_OK) {
        run_cells(&m);
        report->cancelled = proc_cancelled();
        if ((e = ledger_error(&m.ledger)) != ERR_OK)
            complain(&m, e, "", d);
    }
    keeping_fini(&m.keeping);
    free(m.run_dir);
    ledger_fini(&m.ledger);
    return e;
}
