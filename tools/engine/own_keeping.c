/* What the history keeps of a run of a program of the user's own.
 * SPDX-License-Identifier: MIT */
#include "engine/own_keeping.h"

#include "base/hash.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Of one source, and of all: who has larger ones, made them by a program. */
#define MOST_SOURCE ((size_t)1 << 20)
#define MOST_SOURCES ((size_t)16 << 20)

char *own_key(const struct own_cell *cell)
{
    struct buf b = {0};
    char *key = NULL;
    if (fs_read(cell->program.path, &b) == ERR_OK) {
        const struct detector_report *d = cell->result->detector;
        for (size_t i = 0; i < cell->o->args->n; i++)
            buf_addf(&b, "\n%s", cell->o->args->v[i]);
        buf_addf(&b, "\n%s %s", d->id, d->version ? d->version : "");
        key = hash_of(&b);
    }
    buf_fini(&b);
    return key;
}

static bool is_kept(const struct source_texts *l, const char *path)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i].file, path))
            return true;
    return false;
}

/* A report may name what is no text, or never ends. */
static void add_source(struct source_texts *l, const char *path, size_t *left)
{
    struct stat st;
    struct buf text = {0};
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
        (size_t)st.st_size > MOST_SOURCE || (size_t)st.st_size > *left)
        return;
    if (fs_read(path, &text) == ERR_OK && text.len <= *left &&
        !memchr(buf_str(&text), '\0', text.len)) {
        *left -= text.len;
        vec_push(
            l, ((struct source_text){str_dup(path), str_dup(buf_str(&text))}));
    }
    buf_fini(&text);
}

static void add_sources(const struct finding *f, struct source_texts *l,
                        size_t *left)
{
    for (size_t i = 0; i < f->accesses.n; i++)
        for (size_t j = 0; j < f->accesses.v[i].stack.n; j++) {
            const char *path = f->accesses.v[i].stack.v[j].file;
            if (path && *path == '/' && !is_kept(l, path))
                add_source(l, path, left);
        }
}

static void sources_free(struct source_texts *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->v[i].file);
        free(l->v[i].text);
    }
    vec_fini(l);
}

enum err own_keep(const struct own_spec *o, struct own_report *report,
                  struct diag *d)
{
    struct history *h = o->engine->history;
    struct source_texts sources = {0};
    size_t left = MOST_SOURCES;
    if (!h)
        return ERR_OK;
    for (size_t i = 0; i < report->findings.n; i++)
        add_sources(&report->findings.v[i].finding, &sources, &left);
    struct run_info run = {.kind = RUN_OWN,
                           .id = str_dup(report->base.run),
                           .words = str_dup(o->engine->words),
                           .gate = true};
    enum err e = history_put_own(h, &run, report, &sources);
    if (e != ERR_OK)
        diag_add(d, "%s", history_problem(h));
    run_info_fini(&run);
    sources_free(&sources);
    return e;
}
