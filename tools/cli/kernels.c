/* Finds the kernels of a corpus: its cases with a `bench` entry.
 * SPDX-License-Identifier: MIT */
#include "cli/kernels.h"

#include "model/size.h"

#include <inttypes.h>
#include <stdlib.h>

VEC_TYPE(sizes, uint64_t);

static bool is_base(const struct bench_entry *b, const struct variant *v)
{
    return b->base ? str_eq(b->base, v->name) : v->model == MODEL_SERIAL;
}

static void add_variants(const struct selection *s,
                         const struct kernels_wanted *wanted, struct kernel *k)
{
    const struct bench_entry *b = s->c->manifest->bench;
    for (size_t i = 0; i < s->c->variants.n; i++) {
        const struct variant *v = &s->c->variants.v[i];
        bool named =
            wanted->variants->n == 0 || strv_has(wanted->variants, v->name);
        if (is_base(b, v) || (named && (!s->variant || s->variant == v)))
            vec_push(&k->variants,
                     ((struct bench_variant){v->name, v->source, v->model,
                                             v->threads}));
    }
}

static void add_words(struct strv *l, char *const *words, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        strv_add(l, words[i]);
}

static bool wants_work(const struct kernels_wanted *wanted, const char *name)
{
    return wanted->workloads->n == 0 || strv_has(wanted->workloads, name);
}

static void add_workload(const struct workload_entry *w, struct kernel *k)
{
    struct bench_work work = {.name = str_dup(w->name),
                              .value = str_dup(w->value),
                              .requests = w->requests};
    if (w->size)
        size_read(w->size, &work.size);
    add_words(&work.args, w->args, w->args_count);
    add_words(&work.paths, w->paths, w->paths_count);
    vec_push(&k->works, work);
}

static void add_size(const struct sweep_entry *s, uint64_t size,
                     struct kernel *k)
{
    struct bench_work work = {.name = str_dup(BENCH_SWEEP), .size = size};
    for (unsigned i = 0; i < s->args_count; i++)
        if (str_eq(s->args[i], SWEEP_SIZE))
            strv_addf(&work.args, "%" PRIu64, size);
        else
            strv_add(&work.args, s->args[i]);
    vec_push(&k->works, work);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Those asked for, ascending and once each. */
static enum err parse_sizes(const char *list, struct sizes *out, struct diag *d)
{
    struct strv words = {0};
    enum err e = ERR_OK;
    strv_split(&words, list, ',');
    if (words.n == 0)
        strv_add(&words, list);
    for (size_t i = 0; i < words.n && e == ERR_OK; i++) {
        uint64_t size;
        if (size_read(words.v[i], &size)) {
            vec_push(out, size);
            continue;
        }
        diag_add(d,
                 "--sizes: '%s' is no size from 1 to 10^15; give a list such "
                 "as 1000,2e6",
                 words.v[i]);
        e = ERR_INVALID;
    }
    strv_fini(&words);
    if (out->n > 1)
        qsort(out->v, out->n, sizeof *out->v, by_number);
    return e;
}

static void own_sizes(const struct sweep_entry *s, struct sizes *out)
{
    uint64_t size = 0;
    for (unsigned i = 0; i < s->sizes_count; i++)
        if (size_read(s->sizes[i], &size))
            vec_push(out, size);
}

static void add_sweep(const struct sweep_entry *s, const struct sizes *asked,
                      struct kernel *k)
{
    struct sizes own = {0};
    own_sizes(s, &own);
    const struct sizes *l = asked->n > 0 ? asked : &own;
    for (size_t i = 0; i < l->n; i++)
        if (i == 0 || l->v[i] != l->v[i - 1])
            add_size(s, l->v[i], k);
    vec_fini(&own);
}

static void kernel_fini(struct kernel *k)
{
    bench_works_fini(&k->works);
    strv_fini(&k->libraries);
    vec_fini(&k->threads);
    vec_fini(&k->variants);
}

static void add(const struct selection *s, const struct kernels_wanted *wanted,
                const struct sizes *sizes, struct kernels *out)
{
    const struct manifest *m = s->c->manifest;
    const struct bench_entry *b = m->bench;
    struct kernel k = {.name = s->c->name,
                       .group = b->group,
                       .base = b->base,
                       .server = b->server};
    add_variants(s, wanted, &k);
    for (unsigned i = 0; i < b->workloads_count; i++)
        if (wants_work(wanted, b->workloads[i].name))
            add_workload(&b->workloads[i], &k);
    if (b->sweep && wants_work(wanted, BENCH_SWEEP))
        add_sweep(b->sweep, sizes, &k);
    for (unsigned i = 0; i < b->threads_count; i++)
        vec_push(&k.threads, (int)b->threads[i]);
    add_words(&k.libraries, m->libraries, m->libraries_count);
    /* Another kernel may have the workload that is wanted. */
    if (k.works.n > 0)
        vec_push(out, k);
    else
        kernel_fini(&k);
}

static bool has_variant(const struct kernel *k, const char *name)
{
    for (size_t v = 0; v < k->variants.n; v++)
        if (str_eq(k->variants.v[v].name, name))
            return true;
    return false;
}

static bool has_work(const struct kernel *k, const char *name)
{
    for (size_t i = 0; i < k->works.n; i++)
        if (str_eq(k->works.v[i].name, name))
            return true;
    return false;
}

/* A misspelt name must not look like one that was measured. */
static enum err check_names(const char *option, const char *what,
                            const struct strv *names, const struct kernels *l,
                            bool (*has)(const struct kernel *, const char *),
                            struct diag *d)
{
    for (size_t i = 0; i < names->n; i++) {
        bool found = false;
        for (size_t k = 0; k < l->n; k++)
            found |= has(&l->v[k], names->v[i]);
        if (found)
            continue;
        diag_add(d, "%s: no kernel chosen has a %s '%s'", option, what,
                 names->v[i]);
        return ERR_INVALID;
    }
    return ERR_OK;
}

/* found: how many kernels there are, with or without a workload wanted. */
static enum err check(const struct kernels_wanted *wanted, size_t found,
                      const struct kernels *l, struct diag *d)
{
    bool any = wanted->group == BENCH_GROUP_COUNT;
    if (found == 0) {
        diag_add(d, "no case chosen is a kernel (has a 'bench' entry)%s%s",
                 any ? "" : " of the group ",
                 any ? "" : bench_group_id(wanted->group));
        return ERR_NOENT;
    }
    enum err e = check_names("--workloads", "workload", wanted->workloads, l,
                             has_work, d);
    if (e == ERR_OK)
        e = check_names("--variants", "variant", wanted->variants, l,
                        has_variant, d);
    struct strv sweep = {0};
    if (wanted->sizes)
        strv_add(&sweep, BENCH_SWEEP);
    if (e == ERR_OK)
        e = check_names("--sizes", "workload", &sweep, l, has_work, d);
    strv_fini(&sweep);
    return e;
}

static bool is_wanted(const struct kernels_wanted *wanted,
                      const struct bench_entry *b)
{
    return b &&
           (wanted->group == BENCH_GROUP_COUNT || wanted->group == b->group);
}

enum err kernels_choose(const struct selections *what,
                        const struct kernels_wanted *wanted,
                        struct kernels *out, struct diag *d)
{
    struct sizes sizes = {0};
    size_t found = 0;
    enum err e = ERR_OK;
    if (wanted->sizes)
        e = parse_sizes(wanted->sizes, &sizes, d);
    for (size_t i = 0; i < what->n; i++) {
        const struct bench_entry *b = what->v[i].c->manifest->bench;
        if (is_wanted(wanted, b)) {
            add(&what->v[i], wanted, &sizes, out);
            found++;
        } else if (wanted->by_name && !b) {
            diag_at(d, what->v[i].c->manifest_path, 0,
                    "no 'bench' entry: %s is a pair, not a kernel; the "
                    "kernels are in cases/speedup",
                    what->v[i].c->id);
            e = ERR_INVALID;
        }
    }
    if (e == ERR_OK)
        e = check(wanted, found, out, d);
    vec_fini(&sizes);
    return e;
}

void kernels_fini(struct kernels *l)
{
    for (size_t i = 0; i < l->n; i++)
        kernel_fini(&l->v[i]);
    vec_fini(l);
}
