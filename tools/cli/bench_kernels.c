/* Finds the kernels of a corpus: its cases with a `bench` entry.
 * SPDX-License-Identifier: MIT */
#include "cli/bench_kernels.h"

#include "detectors/detector.h"

static bool wanted(const struct variant *v, const struct strv *names)
{
    return names->n == 0 || v->model == MODEL_SERIAL ||
           strv_has(names, v->name);
}

static enum err add(const struct scenario_case *c, const struct strv *variants,
                    struct kernels *out, struct diag *d)
{
    const struct bench_entry *bench = c->manifest->bench;
    if (!bench) {
        diag_add(d,
                 "%s is a pair, not a kernel: its case.yaml has no 'bench'; "
                 "name a kernel of cases/speedup",
                 c->id);
        return ERR_INVALID;
    }
    struct kernel k = {.name = c->name, .value = bench->value};
    for (unsigned i = 0; i < bench->args_count; i++)
        strv_add(&k.args, bench->args[i]);
    for (size_t i = 0; i < c->variants.n; i++) {
        const struct variant *v = &c->variants.v[i];
        struct bench_variant b = {v->name, v->source, v->model};
        if (wanted(v, variants))
            vec_push(&k.variants, b);
    }
    vec_push(out, k);
    return ERR_OK;
}

/* A misspelt variant must not look like one that was measured. */
static enum err check_variants(const struct strv *names,
                               const struct kernels *k, struct diag *d)
{
    enum err e = ERR_OK;
    for (size_t n = 0; n < names->n; n++) {
        bool found = false;
        for (size_t i = 0; i < k->n; i++)
            for (size_t v = 0; v < k->v[i].variants.n; v++)
                found |= str_eq(k->v[i].variants.v[v].name, names->v[n]);
        if (found)
            continue;
        diag_add(d, "--variants: no kernel chosen has a variant '%s'",
                 names->v[n]);
        e = ERR_INVALID;
    }
    return e;
}

static enum err choose(const struct strv *names, const struct strv *variants,
                       struct kernels *out, struct diag *d)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < names->n && e == ERR_OK; i++) {
        const struct scenario_case *c;
        const struct variant *v;
        e = corpus_find(&out->corpus, names->v[i], &c, &v, d);
        if (e == ERR_OK && v) {
            diag_add(d, "%s: choose variants with --variants", names->v[i]);
            e = ERR_INVALID;
        }
        if (e == ERR_OK)
            e = add(c, variants, out, d);
    }
    const struct case_list *all = &out->corpus.cases;
    for (size_t i = 0; names->n == 0 && i < all->n && e == ERR_OK; i++)
        if (all->v[i].manifest->bench)
            e = add(&all->v[i], variants, out, d);
    if (e == ERR_OK && out->n == 0) {
        diag_add(d, "%s: no kernel there", out->dir);
        e = ERR_NOENT;
    }
    return e;
}

enum err kernels_load(const char *dir, const struct strv *names,
                      const struct strv *variants, struct kernels *out,
                      struct diag *d)
{
    struct strv ids = {0};
    for (const struct detector *const *p = detectors; *p; p++)
        strv_add(&ids, (*p)->id);
    enum err e = corpus_load(dir, &ids, &out->corpus, d);
    strv_fini(&ids);
    out->dir = out->corpus.dir;
    if (e == ERR_OK)
        e = choose(names, variants, out, d);
    if (e == ERR_OK)
        e = check_variants(variants, out, d);
    return e;
}

void kernels_fini(struct kernels *k)
{
    for (size_t i = 0; i < k->n; i++) {
        strv_fini(&k->v[i].args);
        vec_fini(&k->v[i].variants);
    }
    vec_fini(k);
    corpus_fini(&k->corpus);
}
