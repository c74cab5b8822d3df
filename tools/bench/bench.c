/* Measures a kernel, from the sources to the figures.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include "bench/rounds.h"
#include "bench/rows.h"
#include "bench/works.h"
#include "os/fs.h"

#include <errno.h>
#include <stdlib.h>

static enum err check(const struct bench_options *o, struct diag *d)
{
    if (o->rounds > 0 && o->rounds < BENCH_MIN_ROUNDS)
        diag_add(d, "--rounds %u: at least %d are needed for an interval",
                 o->rounds, BENCH_MIN_ROUNDS);
    else if (o->rounds > BENCH_MAX_ROUNDS)
        diag_add(d, "--rounds %u: give at most %d", o->rounds,
                 BENCH_MAX_ROUNDS);
    else if (o->variants.n == 0)
        diag_add(d, "%s: no variant to measure", o->kernel);
    else if (o->works.n == 0)
        diag_add(d, "%s: nothing to compute", o->kernel);
    else if (o->compilers.n == 0)
        diag_add(d, "no compiler to measure with; give --compilers");
    else
        return ERR_OK;
    return ERR_INVALID;
}

/* A folder of its own, so that measurements do not meet. */
static enum err make_dir(const char *out_dir, char **dir, struct diag *d)
{
    enum err e = fs_mkdirs(out_dir);
    char *made = fs_join(out_dir, "bench-XXXXXX");
    if (e == ERR_OK && !mkdtemp(made))
        e = err_from_errno(errno);
    if (e == ERR_OK) {
        *dir = made;
        return ERR_OK;
    }
    diag_add(d, "%s: %s; choose another folder with --out", out_dir,
             err_text(e));
    free(made);
    return e;
}

static const char *base_of(const struct bench_options *o)
{
    for (size_t i = 0; i < o->variants.n; i++)
        if (o->base ? str_eq(o->variants.v[i].name, o->base)
                    : o->variants.v[i].model == MODEL_SERIAL)
            return o->variants.v[i].name;
    return NULL;
}

static enum err measure_in(const char *dir, const struct bench_options *o,
                           struct bench_report *r, struct diag *d)
{
    struct web server;
    bool served = false;
    enum err e = works_serve(o, r, dir, &server, &served, d);
    if (e == ERR_OK)
        e = rows_make(o, dir, r, d);
    if (e == ERR_OK)
        e = rounds_make(o, served ? &server : NULL, r, d);
    if (served)
        web_stop(&server);
    return e;
}

enum err bench_run(const struct bench_options *o, struct bench_report *r,
                   struct diag *d)
{
    *r = (struct bench_report){.kernel = str_dup(o->kernel),
                               .group = o->group,
                               .base = str_dup(base_of(o)),
                               .server = o->server,
                               .seed = o->seed,
                               .stop = BENCH_STOP_FAILED};
    bench_works_copy(&r->works, &o->works);
    host_read(&r->host);

    char *dir = NULL;
    enum err e = check(o, d);
    if (e == ERR_OK)
        e = make_dir(o->out_dir, &dir, d);
    if (e == ERR_OK)
        e = measure_in(dir, o, r, d);
    if (e == ERR_CANCELLED)
        r->stop = BENCH_STOP_CANCELLED;
    bench_summarise(r);
    noise_judge(r);
    if (dir)
        fs_remove(dir);
    free(dir);
    return e;
}
