/* Finds the kernels of a corpus: its cases with a `bench` entry.
 * SPDX-License-Identifier: MIT */
#include "cli/kernels.h"

static bool wanted(const struct selection *s, const struct variant *v,
                   const struct strv *names)
{
    if (v->model == MODEL_SERIAL)
        return true;
    return (!s->variant || s->variant == v) &&
           (names->n == 0 || strv_has(names, v->name));
}

static void add(const struct selection *s, const struct strv *variants,
                struct kernels *out)
{
    const struct workload_entry *w = s->c->manifest->bench->workloads;
    struct kernel k = {.name = s->c->name, .value = w->value};
    for (unsigned i = 0; i < w->args_count; i++)
        strv_add(&k.args, w->args[i]);
    for (size_t i = 0; i < s->c->variants.n; i++) {
        const struct variant *v = &s->c->variants.v[i];
        struct bench_variant b = {v->name, v->source, v->model};
        if (wanted(s, v, variants))
            vec_push(&k.variants, b);
    }
    vec_push(out, k);
}

static bool has_variant(const struct kernels *l, const char *name)
{
    for (size_t i = 0; i < l->n; i++)
        for (size_t v = 0; v < l->v[i].variants.n; v++)
            if (str_eq(l->v[i].variants.v[v].name, name))
                return true;
    return false;
}

enum err kernels_choose(const struct selections *what, bool by_name,
                        const struct strv *variants, struct kernels *out,
                        struct diag *d)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < what->n; i++) {
        if (what->v[i].c->manifest->bench) {
            add(&what->v[i], variants, out);
        } else if (by_name) {
            diag_at(d, what->v[i].c->manifest_path, 0,
                    "no 'bench' entry: %s is a pair, not a kernel; the "
                    "kernels are in cases/speedup",
                    what->v[i].c->id);
            e = ERR_INVALID;
        }
    }
    if (e == ERR_OK && out->n == 0) {
        diag_add(d, "no case of this corpus is a kernel (has a 'bench' entry)");
        e = ERR_NOENT;
    }
    /* A misspelt variant must not look like one that was measured. */
    for (size_t i = 0; i < variants->n && e == ERR_OK; i++)
        if (!has_variant(out, variants->v[i])) {
            diag_add(d, "--variants: no kernel chosen has a variant '%s'",
                     variants->v[i]);
            e = ERR_INVALID;
        }
    return e;
}

void kernels_fini(struct kernels *l)
{
    for (size_t i = 0; i < l->n; i++) {
        strv_fini(&l->v[i].args);
        vec_fini(&l->v[i].variants);
    }
    vec_fini(l);
}
