/* Compiles each source, and links with the runtime.
 * SPDX-License-Identifier: MIT */
#include "explore/driver.h"

#include "explore/compile.h"
#include "explore/stubs.h"
#include "os/fs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* "dir/name.c" gives "name.o" where the compiler is called. */
static char *object_name(const struct driver_job *job, const char *source)
{
    if (job->out)
        return str_dup(job->out);
    const char *base = str_basename(source);
    const char *dot = strrchr(base, '.');
    return str_fmt("%.*s.o", dot ? (int)(dot - base) : (int)strlen(base), base);
}

static void compile_only(struct driving *g)
{
    const struct strv *l = &g->job->sources;
    if (g->job->out && l->n > 1) {
        diag_add(g->d, "-c with -o takes one source");
        g->code = 1;
        return;
    }
    for (size_t i = 0; i < l->n && g->code == 0; i++) {
        char *object = object_name(g->job, l->v[i]);
        compile_source(g, i, object);
        free(object);
    }
}

static void add_runtime(struct driving *g, struct strv *words)
{
    strv_add(words, "-no-pie");
    strv_add(words, "-Wl,-z,now");
    strv_addf(words, "-Wl,@%s/explore.wrap", g->o->lib);
    strv_addf(words, "-Wl,@%s/stubs.wrap", g->dir);
    strv_addf(words, "%s/liblockstep-explore.a", g->o->lib);
    for (size_t i = 0; i < g->job->flags.n; i++) /* what the stubs go on to */
        if (str_starts(g->job->flags.v[i], "-l"))
            strv_add(words, g->job->flags.v[i]);
    strv_add(words, "-pthread");
    strv_add(words, "-lm");
}

/* The stubs of what is not modelled, from what the objects call. */
static bool make_stubs(struct driving *g, const struct strv *objects)
{
    struct strv words = {0};
    char *source = str_fmt("%s/stubs.s", g->dir);
    char *wrap = str_fmt("%s/stubs.wrap", g->dir);
    char *object = str_fmt("%s/stubs.o", g->dir);
    enum err e = stubs_write(objects, str_basename(g->o->compiler), g->o->lib,
                             source, wrap, g->d);
    strv_add(&words, g->o->compiler);
    strv_add(&words, "-c");
    strv_add(&words, source);
    strv_add(&words, "-o");
    strv_add(&words, object);
    bool good = e == ERR_OK && compile_run(g, &words);
    if (!good && g->code == 0)
        g->code = 1;
    strv_fini(&words);
    free(object);
    free(wrap);
    free(source);
    return good;
}

static void add_archives(const struct driving *g, struct strv *objects)
{
    const struct strv *line = &g->job->line;
    for (size_t i = 0; i < line->n; i++) {
        const char *name = line->v[i];
        if (!str_starts(name, "-l"))
            continue;
        name = name[2] ? name + 2 : i + 1 < line->n ? line->v[i + 1] : "";
        char *archive = driver_archive(line, name);
        if (archive)
            strv_take(objects, archive);
    }
}

static void link_all(struct driving *g, const struct strv *compiled)
{
    struct strv words = {0}, objects = {0};
    size_t next = 0;
    strv_add_all(&objects, compiled);
    strv_add_all(&objects, &g->job->objects);
    add_archives(g, &objects);
    if (make_stubs(g, &objects)) {
        strv_add(&words, g->o->compiler);
        /* Before the libraries: it calls what they have. */
        strv_addf(&words, "%s/stubs.o", g->dir);
        for (size_t i = 0; i < g->job->line.n; i++)
            strv_add(&words, next < compiled->n &&
                                     str_eq(g->job->line.v[i], DRIVER_SOURCE)
                                 ? compiled->v[next++]
                                 : g->job->line.v[i]);
        strv_add(&words, "-o");
        strv_add(&words, g->job->out ? g->job->out : "a.out");
        add_runtime(g, &words);
        compile_run(g, &words);
    }
    strv_fini(&objects);
    strv_fini(&words);
}

static void compile_and_link(struct driving *g)
{
    struct strv compiled = {0};
    const struct strv *l = &g->job->sources;
    for (size_t i = 0; i < l->n && g->code == 0; i++) {
        char *object = str_fmt("%s/%zu.o", g->dir, i);
        compile_source(g, i, object);
        strv_take(&compiled, object);
    }
    if (g->code == 0)
        link_all(g, &compiled);
    strv_fini(&compiled);
}

static void pass_on(struct driving *g, char *const *argv)
{
    struct strv words = {0};
    strv_add(&words, g->o->compiler);
    for (; *argv; argv++)
        strv_add(&words, *argv);
    compile_run(g, &words);
    strv_fini(&words);
}

enum err driver_run(const struct driver *o, char *const *argv, int *code,
                    struct diag *d)
{
    struct driver_job job;
    struct strv words = {0};
    char dir[] = "/tmp/lockstep-cc-XXXXXX";
    driver_words(argv, &words);
    driver_parse(words.n ? words.v : argv, &job);
    struct driving g = {.o = o, .job = &job, .dir = dir, .d = d};
    enum err e = ERR_OK;
    if (job.refused && !job.passes) {
        diag_add(d, "%s", job.refused);
        e = ERR_UNSUPPORTED;
    } else if (job.passes) {
        pass_on(&g, argv);
    } else if (!mkdtemp(dir)) {
        diag_add(d, "no folder can be made in /tmp: %s", strerror(errno));
        e = ERR_IO;
    } else {
        if (job.links)
            compile_and_link(&g);
        else
            compile_only(&g);
        fs_remove(dir);
    }
    *code = e == ERR_OK ? g.code : 1;
    driver_job_fini(&job);
    strv_fini(&words);
    return e;
}
