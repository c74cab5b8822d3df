/* Which pictures a report gives, as files.
 * SPDX-License-Identifier: MIT */
#include "bench/pictures.h"

#include "os/fs.h"

#include <ctype.h>
#include <stdlib.h>

struct gallery {
    const struct bench_report *r;
    const char *dir;
    struct strv *paths;
    struct diag *d;
};

/* One picture: of what, and of which work or compiler. */
struct subject {
    enum { SPEEDUP, SIZES, OVERHEAD, DOWNLOAD } kind;
    size_t work;
    const char *compiler;
};

static enum err draw(const struct gallery *g, const struct subject *s,
                     FILE *out)
{
    switch (s->kind) {
    case SPEEDUP:
        return picture_speedup(g->r, s->work, out);
    case SIZES:
        return picture_sizes(g->r, s->compiler, out);
    case OVERHEAD:
        return picture_overhead(g->r, out);
    default:
        return picture_download(g->r, s->work, out);
    }
}

/* "sum-of-squares-speed-up-range.svg", whatever the names have in them. */
static char *file_name(const struct gallery *g, const struct subject *s)
{
    static const char *const kinds[] = {"speed-up", "sizes", "overhead",
                                        "time"};
    const char *of = s->kind == SIZES      ? s->compiler
                     : s->kind == OVERHEAD ? NULL
                                           : g->r->works.v[s->work].name;
    char *name = str_fmt("%s-%s%s%s.svg", g->r->kernel, kinds[s->kind],
                         of ? "-" : "", of ? of : "");
    for (char *p = name; *p; p++)
        if (!isalnum((unsigned char)*p) && *p != '.' && *p != '-')
            *p = '_';
    return name;
}

static enum err add(const struct gallery *g, const struct subject *s)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    if (!f)
        return ERR_IO;
    enum err e = draw(g, s, f);
    fclose(f);
    char *name = file_name(g, s);
    char *path = fs_join(g->dir, name);
    if (e == ERR_OK) {
        e = fs_write(path, text, n);
        if (e == ERR_OK)
            strv_add(g->paths, path);
        else
            diag_add(g->d, "%s cannot be written: %s", path, err_text(e));
    } else if (e == ERR_INVALID) {
        e = ERR_OK;
    }
    free(name);
    free(path);
    free(text);
    return e;
}

static enum err add_works(const struct gallery *g)
{
    struct subject s = {.kind =
                            g->r->group == BENCH_GROUP_IO ? DOWNLOAD : SPEEDUP};
    enum err e = ERR_OK;
    for (; s.work < g->r->works.n && e == ERR_OK; s.work++)
        if (!bench_is_sweep(&g->r->works.v[s.work]))
            e = add(g, &s);
    return e;
}

static enum err add_sizes(const struct gallery *g)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < g->r->compilers.n && e == ERR_OK; i++) {
        struct subject s = {.kind = SIZES,
                            .compiler = g->r->compilers.v[i].command};
        e = add(g, &s);
    }
    return e;
}

enum err pictures_write(const struct bench_report *r, const char *dir,
                        struct strv *paths, struct diag *d)
{
    struct gallery g = {r, dir, paths, d};
    if (r->group == BENCH_GROUP_OVERHEAD)
        return add(&g, &(struct subject){.kind = OVERHEAD});
    enum err e = add_works(&g);
    return e == ERR_OK ? add_sizes(&g) : e;
}
