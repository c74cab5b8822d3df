/* Makes the configurations: variants x compilers x threads.
 * SPDX-License-Identifier: MIT */
#include "bench/rows.h"

#include "os/fs.h"
#include "os/proc.h"

#include <stdlib.h>

struct maker {
    const struct bench_options *options;
    const char *dir;
    struct thread_counts threads;
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
                               .total = o->variants.n * m->report->compilers.n};
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

static void add_row(struct maker *m, const struct bench_variant *v,
                    const struct compiler *c, const char *program, int threads)
{
    struct bench_row row = {
        .variant = str_dup(v->name),
        .model = v->model,
        .compiler = str_dup(c->command),
        .runtime = v->model == MODEL_OPENMP ? compiler_openmp(c) : NULL,
        .threads = threads,
        .program = str_dup(program),
        .base = SIZE_MAX,
    };
    vec_push(&m->report->rows, row);
}

/* The rows of one variant by one compiler. */
static enum err add_rows(struct maker *m, const struct bench_variant *v,
                         const struct compiler *c)
{
    const char *problem = c->problem;
    if (!problem && v->model == MODEL_OPENMP)
        problem = c->no_openmp;
    if (problem) {
        skip(m, v, c, problem);
        return ERR_OK;
    }
    char *name = str_fmt("%s-%s", v->name, str_basename(c->command));
    char *program = fs_join(m->dir, name);
    enum err e = compiler_build(c, v->model, v->source, m->options->include_dir,
                                program, m->diag);
    if (e == ERR_OK && v->model == MODEL_SERIAL)
        add_row(m, v, c, program, 1);
    else
        for (size_t i = 0; e == ERR_OK && i < m->threads.n; i++)
            add_row(m, v, c, program, m->threads.v[i]);
    free(program);
    free(name);
    return e;
}

static enum err add_all(struct maker *m, bool serial)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < m->options->variants.n; i++) {
        const struct bench_variant *v = &m->options->variants.v[i];
        if ((v->model == MODEL_SERIAL) != serial)
            continue;
        for (size_t k = 0; k < m->report->compilers.n && e == ERR_OK; k++) {
            tell(m);
            e = add_rows(m, v, &m->report->compilers.v[k]);
        }
    }
    return e;
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

/* Points every row to the serial one of its compiler. */
static void find_bases(struct bench_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        for (size_t k = 0; k < rows->n; k++)
            if (rows->v[k].model == MODEL_SERIAL &&
                str_eq(rows->v[k].compiler, rows->v[i].compiler))
                rows->v[i].base = k;
}

static enum err choose_threads(struct maker *m)
{
    int cores = m->report->host.cores;
    if (m->options->threads)
        return plan_parse_threads(m->options->threads, cores, &m->threads,
                                  m->diag);
    plan_default_threads(cores, &m->threads);
    return ERR_OK;
}

enum err rows_make(const struct bench_options *o, const char *dir,
                   struct bench_report *r, struct diag *d)
{
    struct maker m = {.options = o, .dir = dir, .report = r, .diag = d};
    enum err e = choose_threads(&m);
    if (e == ERR_OK)
        e = probe_all(&m);
    if (e == ERR_OK)
        e = add_all(&m, true);
    if (e == ERR_OK)
        e = add_all(&m, false);
    if (e == ERR_OK && r->rows.n == 0) {
        for (size_t i = 0; i < r->skips.n; i++)
            diag_add(d, "%s: %s skipped: %s", o->kernel, r->skips.v[i].variant,
                     r->skips.v[i].reason);
        diag_add(d, "%s: nothing can be measured here", o->kernel);
        e = ERR_UNSUPPORTED;
    }
    find_bases(&r->rows);
    vec_fini(&m.threads);
    return e;
}
