/* Finding and loading the cases.
 * SPDX-License-Identifier: MIT */
#include "model/corpus.h"

#include "model/check.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

const char *manifest_variant(const char *name)
{
    return name ? name : "buggy";
}

static void variant_fini(struct variant *v)
{
    free(v->name);
    free(v->source);
    free(v->text);
    sites_fini(&v->sites);
}

static void case_fini(struct scenario_case *c)
{
    for (size_t i = 0; i < c->variants.n; i++)
        variant_fini(&c->variants.v[i]);
    vec_fini(&c->variants);
    manifest_free(c->manifest);
    free(c->text);
    free(c->id);
    free(c->class);
    free(c->name);
    free(c->dir);
    free(c->manifest_path);
}

void corpus_fini(struct corpus *c)
{
    for (size_t i = 0; i < c->cases.n; i++)
        case_fini(&c->cases.v[i]);
    vec_fini(&c->cases);
    free(c->dir);
    *c = (struct corpus){0};
}

/* What the manifest says of the variant, if anything. */
static void set_model(const struct manifest *m, struct variant *v)
{
    v->model = m->model;
    v->threads = true;
    for (unsigned i = 0; i < m->variants_count; i++)
        if (str_eq(m->variants[i].name, v->name)) {
            const bool *threads = m->variants[i].threads;
            v->model = m->variants[i].model;
            v->threads = !threads || *threads;
        }
    v->threads &= v->model != MODEL_SERIAL;
}

/* Takes the text. */
static enum err add_variant(struct scenario_case *c, const char *file,
                            char *text, struct diag *d)
{
    struct variant v = {.name = str_ndup(file, strlen(file) - 2),
                        .source = fs_join(c->dir, file),
                        .text = text};
    set_model(c->manifest, &v);
    v.buggy = str_starts(v.name, "buggy");
    enum err e = site_scan(v.source, v.text, &v.sites, d);
    vec_push(&c->variants, v);
    return e;
}

static enum err load_variant(struct scenario_case *c, const char *file,
                             struct diag *d)
{
    struct buf text = {0};
    char *source = fs_join(c->dir, file);
    enum err e = fs_read(source, &text);
    if (e != ERR_OK)
        diag_at(d, source, 0, "cannot be read: %s", err_text(e));
    enum err scanned = add_variant(c, file, buf_take(&text), d);
    free(source);
    return e == ERR_OK ? scanned : e;
}

static int by_role_and_name(const void *a, const void *b)
{
    const struct variant *v = a, *w = b;
    if (v->buggy != w->buggy)
        return v->buggy ? -1 : 1;
    return strcmp(v->name, w->name);
}

static void sort_variants(struct scenario_case *c)
{
    if (c->variants.n > 1)
        qsort(c->variants.v, c->variants.n, sizeof *c->variants.v,
              by_role_and_name);
}

static enum err load_variants(struct scenario_case *c, struct diag *d)
{
    struct strv files = {0};
    enum err e = fs_list(c->dir, &files);
    for (size_t i = 0; i < files.n; i++) {
        if (!str_ends(files.v[i], ".c") || files.v[i][0] == '.')
            continue;
        enum err one = load_variant(c, files.v[i], d);
        if (one != ERR_OK)
            e = one;
    }
    sort_variants(c);
    strv_fini(&files);
    return e;
}

static struct scenario_case named(const char *id, const char *dir)
{
    const char *slash = strchr(id, '/');
    struct scenario_case c = {.id = str_dup(id), .dir = str_dup(dir)};
    c.class = str_ndup(id, slash ? (size_t)(slash - id) : 0);
    c.name = str_dup(slash ? slash + 1 : id);
    c.manifest_path = fs_join(dir, "case.yaml");
    return c;
}

/* Takes the text. */
static enum err set_manifest(struct scenario_case *c, char *text, size_t n,
                             struct diag *d)
{
    c->text = text;
    return manifest_read(c->manifest_path, text, n, &c->manifest, d);
}

static void keep(struct corpus *corpus, struct scenario_case *c, enum err e)
{
    if (e == ERR_OK)
        vec_push(&corpus->cases, *c);
    else
        case_fini(c);
}

static enum err load_case(struct corpus *corpus, const char *id,
                          const struct strv *detectors, struct diag *d)
{
    char *dir = fs_join(corpus->dir, id);
    struct scenario_case c = named(id, dir);
    struct buf text = {0};
    enum err e = fs_read(c.manifest_path, &text);
    size_t n = text.len;
    if (e != ERR_OK)
        diag_at(d, c.manifest_path, 0, "cannot be read: %s", err_text(e));
    else
        e = set_manifest(&c, buf_take(&text), n, d);
    if (e == ERR_OK)
        e = load_variants(&c, d);
    if (e == ERR_OK)
        e = case_check(&c, c.text, n, detectors, d);
    keep(corpus, &c, e);
    buf_fini(&text);
    free(dir);
    return e;
}

enum err corpus_add(struct corpus *corpus, const struct case_texts *t,
                    struct diag *d)
{
    struct scenario_case c = named(t->id, t->dir);
    size_t below = strlen(t->id) + 1, whole = strlen(t->dir);
    if (!corpus->dir && whole > below && str_ends(t->dir, t->id))
        corpus->dir = str_ndup(t->dir, whole - below);
    const char *text = t->manifest ? t->manifest : "";
    enum err e = set_manifest(&c, str_dup(text), strlen(text), d);
    for (size_t i = 0; i < t->sources.n && e == ERR_OK; i++) {
        const struct source_text *s = &t->sources.v[i];
        if (!str_ends(s->file, ".c"))
            e = ERR_INVALID;
        else
            e = add_variant(&c, s->file, str_dup(s->text ? s->text : ""), d);
    }
    sort_variants(&c);
    keep(corpus, &c, e);
    return e;
}

static bool is_case(const char *dir)
{
    char *manifest = fs_join(dir, "case.yaml");
    bool is = fs_is_file(manifest);
    free(manifest);
    return is;
}

static bool has_source(const char *dir)
{
    char *source = fs_join(dir, "buggy.c");
    bool has = fs_is_file(source);
    free(source);
    return has;
}

static enum err load_class(struct corpus *corpus, const char *class,
                           const struct strv *detectors, struct diag *d)
{
    char *dir = fs_join(corpus->dir, class);
    struct strv names = {0};
    enum err e = ERR_OK;
    if (fs_is_dir(dir))
        e = fs_list(dir, &names);
    for (size_t i = 0; i < names.n; i++) {
        char *path = fs_join(dir, names.v[i]);
        enum err one = ERR_OK;
        if (is_case(path)) {
            char *id = str_fmt("%s/%s", class, names.v[i]);
            one = load_case(corpus, id, detectors, d);
            free(id);
        } else if (has_source(path)) {
            diag_at(d, path, 0, "has a buggy.c but no case.yaml; write one");
            one = ERR_INVALID;
        }
        if (one != ERR_OK)
            e = one;
        free(path);
    }
    strv_fini(&names);
    free(dir);
    return e;
}

enum err corpus_load(const char *dir, const struct strv *detectors,
                     struct corpus *out, struct diag *d)
{
    struct strv classes = {0};
    *out = (struct corpus){.dir = fs_real(dir)};
    enum err e = out->dir ? fs_list(out->dir, &classes) : ERR_NOENT;
    if (e != ERR_OK) {
        diag_at(d, dir, 0, "no folder of cases: %s; name one with --cases DIR",
                err_text(e));
        return ERR_NOENT;
    }
    for (size_t i = 0; i < classes.n; i++) {
        enum err one = load_class(out, classes.v[i], detectors, d);
        if (one != ERR_OK)
            e = one;
    }
    strv_fini(&classes);
    if (e == ERR_OK && out->cases.n == 0) {
        diag_at(d, dir, 0, "holds no case (no */*/case.yaml)");
        e = ERR_NOENT;
    }
    return e;
}
