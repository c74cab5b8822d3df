/* Plans the cells of the matrix and runs them, several at a time.
 * SPDX-License-Identifier: MIT */
#include "engine/engine.h"

#include "engine/cell.h"
#include "engine/pool.h"
#include "engine/store.h"
#include "os/clock.h"
#include "os/fs.h"

#include <stdatomic.h>
#include <stdlib.h>

struct matrix {
    const struct engine_options *o;
    struct report *report;
    struct cell *cells;
    size_t n;
    char *run_dir;
    pthread_mutex_t lock; /* guards done and error, and calls to progress */
    size_t done;
    enum err error;
};

static struct result *add_result(struct report *report,
                                 const struct scenario_case *c,
                                 const struct variant *v,
                                 const struct detector_report *d)
{
    vec_push(&report->results,
             ((struct result){.c = c, .variant = v, .detector = d}));
    struct result *r = &report->results.v[report->results.n - 1];
    r->expected = case_expectation(c, v, d->id);
    return r;
}

/* The outcome of a cell that will not be run, with the reason in its note. */
static void set_aside(struct result *r, const struct detector_report *d)
{
    const char *unable =
        detector_unsupported(detector_by_id(d->id), r->variant->model);
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
    m->cells = mem_new(m->report->results.n, sizeof *m->cells);
    for (size_t i = 0; i < m->report->results.n; i++) {
        struct result *r = &m->report->results.v[i];
        if (r->outcome == OUTCOME_CANCELLED)
            cell_init(&m->cells[m->n++], m->o, detector_by_id(r->detector->id),
                      r, m->run_dir);
    }
}

static void tell_progress(struct matrix *m, const struct cell *cell)
{
    if (!m->o->progress)
        return;
    char *what = str_fmt("%s:%s %s", cell->result->c->id,
                         cell->result->variant->name, cell->detector->id);
    m->o->progress(m->o->progress_arg, m->done, m->n * m->o->repeat, what);
    free(what);
}

/* Job i is repeat i / n of cell i % n: the builds come first and spread. */
static void run_job(void *arg, size_t i, struct slot *slot)
{
    struct matrix *m = arg;
    struct cell *cell = &m->cells[i % m->n];
    pthread_mutex_lock(&m->lock);
    bool go_on = m->error == ERR_OK;
    if (go_on)
        tell_progress(m, cell);
    pthread_mutex_unlock(&m->lock);
    enum err e = go_on ? cell_run(cell, (unsigned)(i / m->n), slot) : ERR_OK;
    pthread_mutex_lock(&m->lock);
    m->done++;
    if (e != ERR_OK)
        m->error = e;
    pthread_mutex_unlock(&m->lock);
}

static void add_times(struct matrix *m, double wall)
{
    struct timing_report *t = &m->report->timing;
    t->wall = wall;
    t->jobs = m->o->jobs;
    for (size_t i = 0; i < m->n; i++) {
        const struct cell *cell = &m->cells[i];
        t->children += cell->result->seconds + cell->build.wall;
        t->cpu += cell->result->cpu + cell->build.cpu;
        t->built +=
            cell->built && cell->build_error == ERR_OK && !cell->build.reused;
        t->reused += cell->build.reused;
    }
}

enum err engine_run(const struct engine_options *o, const struct corpus *corpus,
                    const struct selections *what, struct report *report,
                    struct diag *d)
{
    struct matrix m = {.o = o, .report = report};
    report->corpus = corpus;
    enum err e = store_new_run(o->out, &m.run_dir);
    if (e != ERR_OK) {
        diag_add(d, "%s: cannot be written: %s; name a folder with --out DIR",
                 o->out, err_text(e));
        return e;
    }
    char *cache = fs_join(o->out, "cache");
    store_prune_cache(cache);
    free(cache);
    pthread_mutex_init(&m.lock, NULL);
    plan(report, what);
    make_cells(&m);
    double start = clock_now();
    pool_run(o->jobs, m.n * o->repeat, run_job, &m);
    for (size_t i = 0; i < m.n; i++)
        cell_finish(&m.cells[i]);
    add_times(&m, clock_now() - start);
    report->cancelled = proc_cancelled();
    if (m.error != ERR_OK)
        diag_add(d,
                 "%s: %s; free some space, or name another folder with "
                 "--out DIR",
                 o->out, err_text(m.error));
    for (size_t i = 0; i < m.n; i++)
        cell_fini(&m.cells[i]);
    free(m.cells);
    free(m.run_dir);
    pthread_mutex_destroy(&m.lock);
    return m.error;
}
