/* Makes the configurations: works x variants x compilers x threads.
 * SPDX-License-Identifier: MIT */
#include "bench/rows.h"

#include "os/fs.h"
#include "os/proc.h"

#include <stdlib.h>

/* One variant by one compiler. */
struct program {
    const struct bench_variant *variant;
    const struct compiler *compiler;
    char *path;
};

struct maker {
    const struct bench_options *options;
    const char *dir;
    struct thread_counts threads;
    VEC(struct program) programs;
    struct bench_report *report;
    struct diag *diag;
    size_t done;
};

static void tell(struct maker *m)
{
    const struct bench_options *o = m->options;
    struct bench_progress p = {.kernel = o->kernel,
                               .stage = "building",
                               .done = m->done++,
                               .total = o->variants.n * m->report->compilers.n,
                               .remaining = -1};
    if (o->progress)
        o->progress(&p, o->progress_arg);
}

static void skip(struct maker *m, const struct bench_variant *v,
                 const struct compiler *c, const char *reason)
{
    struct bench_skip s = {str_dup(v->name), str_dup(c->command),
                           str_dup(reason)};
    vec_push(&m->report->skips, s);
}

static const char *problem_of(const struct bench_variant *v,
                              const struct compiler *c)
{
    if (c->problem)
        return c->problem;
    if (v->model == MODEL_OPENMP)
        return c->no_openmp;
    return v->model == MODEL_MPI ? compiler_no_mpi() : NULL;
}

static enum err build(struct maker *m, const struct bench_variant *v,
                      const struct compiler *c)
{
    const char *problem = problem_of(v, c);
    if (problem) {
        skip(m, v, c, problem);
        return ERR_OK;
    }
    char *name = str_fmt("%s-%s", v->name, str_basename(c->command));
    struct program p = {v, c, fs_join(m->dir, name)};
    struct compiler_job job = {.model = v->model,
                               .source = v->source,
                               .include_dir = m->options->include_dir,
                               .output = p.path,
                               .libraries = m->options->libraries};
    vec_push(&m->programs, p);
    free(name);
    return compiler_build(c, &job, m->diag);
}

/* In the order of the rows: the base, what uses no threads, the others. */
static int rank(const struct maker *m, const struct bench_variant *v)
{
    return str_eq(v->name, m->report->base) ? 0 : v->threads ? 2 : 1;
}

static enum err build_all(struct maker *m)
{
    const struct bench_variants *l = &m->options->variants;
    enum err e = ERR_OK;
    for (int wanted = 0; wanted < 3; wanted++)
        for (size_t i = 0; i < l->n; i++)
            for (size_t k = 0; k < m->report->compilers.n && e == ERR_OK; k++) {
                if (rank(m, &l->v[i]) != wanted)
                    continue;
                tell(m);
                e = build(m, &l->v[i], &m->report->compilers.v[k]);
            }
    return e;
}

static void add_row(struct maker *m, size_t work, const struct program *p,
                    int threads)
{
    const struct bench_variant *v = p->variant;
    struct bench_row row = {
        .work = work,
        .variant = str_dup(v->name),
        .model = v->model,
        .threaded = v->threads,
        .compiler = str_dup(p->compiler->command),
        .runtime = v->model == MODEL_OPENMP ? compiler_openmp(p->compiler)
                   : v->model == MODEL_MPI  ? "mpi"
                                            : NULL,
        .threads = threads,
        .program = str_dup(p->path),
        .base = SIZE_MAX,
    };
    vec_push(&m->report->rows, row);
}

/* The sweep is about sizes: it is made with the most threads, unless the
 * numbers were asked for. */
static void add_rows(struct maker *m, size_t work)
{
    bool sweep = bench_is_sweep(&m->report->works.v[work]);
    size_t first = sweep && !m->options->threads ? m->threads.n - 1 : 0;
    for (size_t i = 0; i < m->programs.n; i++) {
        const struct program *p = &m->programs.v[i];
        if (!p->variant->threads)
            add_row(m, work, p, 1);
        for (size_t k = first; p->variant->threads && k < m->threads.n; k++)
            add_row(m, work, p, m->threads.v[k]);
    }
}

static bool is_known(const struct compilers *l, const char *command)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i].command, command))
            return true;
    return false;
}

static enum err probe_all(struct maker *m)
{
    const struct strv *commands = &m->options->compilers;
    enum err e = ERR_OK;
    for (size_t i = 0; i < commands->n && e == ERR_OK; i++) {
        struct compiler c;
        if (is_known(&m->report->compilers, commands->v[i]))
            continue;
        e = compiler_probe(commands->v[i], m->dir, &c);
        if (e == ERR_OK)
            vec_push(&m->report->compilers, c);
        else if (e != ERR_CANCELLED)
            diag_add(m->diag, "%s: %s", commands->v[i], err_text(e));
    }
    return e;
}

/* Points every row to the base's by the same compiler. */
static void find_bases(struct bench_report *r)
{
    struct bench_rows *rows = &r->rows;
    for (size_t i = 0; i < rows->n; i++)
        for (size_t k = 0; k < rows->n; k++)
            if (rows->v[k].work == rows->v[i].work &&
                str_eq(rows->v[k].variant, r->base) &&
                str_eq(rows->v[k].compiler, rows->v[i].compiler))
                rows->v[i].base = k;
}

/* The kernel's own numbers, as far as there are cores for them. */
static void own_threads(struct maker *m, int most)
{
    const struct thread_counts *own = &m->options->own_threads;
    for (size_t i = 0; i < own->n; i++)
        if (own->v[i] <= most)
            vec_push(&m->threads, own->v[i]);
    if (m->threads.n == 0)
        plan_default_threads(m->report->host.cores, &m->threads);
}

static enum err choose_threads(struct maker *m)
{
    int most = plan_most_threads(m->options->group, m->report->host.cores);
    if (m->options->threads)
        return plan_parse_threads(m->options->threads, most, &m->threads,
                                  m->diag);
    own_threads(m, most);
    return ERR_OK;
}

static enum err complain(const struct maker *m)
{
    const struct bench_skips *skips = &m->report->skips;
    for (size_t i = 0; i < skips->n; i++)
        diag_add(m->diag, "%s: %s skipped: %s", m->options->kernel,
                 skips->v[i].variant, skips->v[i].reason);
    diag_add(m->diag, "%s: nothing can be measured here", m->options->kernel);
    return ERR_UNSUPPORTED;
}

enum err rows_make(const struct bench_options *o, const char *dir,
                   struct bench_report *r, struct diag *d)
{
    struct maker m = {.options = o, .dir = dir, .report = r, .diag = d};
    enum err e = choose_threads(&m);
    if (e == ERR_OK)
        e = probe_all(&m);
    if (e == ERR_OK)
        e = build_all(&m);
    for (size_t i = 0; i < r->works.n && e == ERR_OK; i++)
        add_rows(&m, i);
    if (e == ERR_OK && r->rows.n == 0)
        e = complain(&m);
    find_bases(r);
    for (size_t i = 0; i < m.programs.n; i++)
        free(m.programs.v[i].path);
    vec_fini(&m.programs);
    vec_fini(&m.threads);
    return e;
}
