/* What is computed, and what it fetches from a server.
 * SPDX-License-Identifier: MIT */
#include "bench/works.h"

#include "os/fs.h"

#include <stdlib.h>

bool bench_is_sweep(const struct bench_work *w)
{
    return str_eq(w->name, BENCH_SWEEP);
}

size_t bench_requests(const struct bench_work *w)
{
    return w->requests ? w->requests : w->paths.n;
}

void bench_works_copy(struct bench_works *to, const struct bench_works *from)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct bench_work *w = &from->v[i];
        struct bench_work copy = {.name = str_dup(w->name),
                                  .size = w->size,
                                  .requests = w->requests,
                                  .value = str_dup(w->value),
                                  .value_of = str_dup(w->value_of),
                                  .cost = w->cost};
        strv_add_all(&copy.args, &w->args);
        strv_add_all(&copy.paths, &w->paths);
        vec_push(to, copy);
    }
}

void bench_works_fini(struct bench_works *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->v[i].name);
        free(l->v[i].value);
        free(l->v[i].value_of);
        strv_fini(&l->v[i].args);
        strv_fini(&l->v[i].paths);
    }
    vec_fini(l);
}

static bool need_server(const struct bench_works *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].paths.n > 0)
            return true;
    return false;
}

static enum err list_urls(struct bench_work *w, const struct web *server,
                          const char *dir, struct diag *d)
{
    char *name = str_fmt("%s.urls", w->name);
    char *file = fs_join(dir, name);
    enum err e = web_write_urls(server, &w->paths, w->requests, file);
    if (e != ERR_OK)
        diag_add(d, "%s cannot be written: %s", file, err_text(e));
    strv_add(&w->args, "--urls");
    strv_take(&w->args, file);
    free(name);
    return e;
}

enum err works_serve(const struct bench_options *o, struct bench_report *r,
                     const char *dir, struct web *server, bool *served,
                     struct diag *d)
{
    static const struct server_entry plain = {0};
    if (!need_server(&r->works))
        return ERR_OK;
    if (!o->server_program) {
        diag_add(d,
                 "%s: its server, lockstep-server, is not installed beside "
                 "lockstep; build all of Lockstep",
                 o->kernel);
        return ERR_UNSUPPORTED;
    }
    enum err e =
        web_start(o->server_program, o->server ? o->server : &plain, server, d);
    *served = e == ERR_OK;
    for (size_t i = 0; i < r->works.n && e == ERR_OK; i++)
        if (r->works.v[i].paths.n > 0)
            e = list_urls(&r->works.v[i], server, dir, d);
    return e;
}
