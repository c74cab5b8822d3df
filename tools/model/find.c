/* Looking things up in the corpus.
 * SPDX-License-Identifier: MIT */
#include "model/corpus.h"

#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

const struct variant *case_variant(const struct scenario_case *c,
                                   const char *name)
{
    for (size_t i = 0; i < c->variants.n; i++)
        if (str_eq(c->variants.v[i].name, name))
            return &c->variants.v[i];
    return NULL;
}

const char *case_short_name(const struct corpus *corpus,
                            const struct scenario_case *c)
{
    for (size_t i = 0; i < corpus->cases.n; i++) {
        const struct scenario_case *other = &corpus->cases.v[i];
        if (other != c && str_eq(other->name, c->name))
            return c->id;
    }
    return c->name;
}

const struct expectation *case_expectation(const struct scenario_case *c,
                                           const struct variant *v,
                                           const char *detector)
{
    const struct manifest *m = c->manifest;
    for (unsigned i = 0; i < m->expect_count; i++) {
        const struct expectation *e = &m->expect[i];
        if (!str_eq(manifest_variant(e->variant), v->name))
            continue;
        for (unsigned j = 0; j < e->detectors_count; j++)
            if (str_eq(e->detectors[j], detector))
                return e;
    }
    return NULL;
}

static bool same_words(char *const *a, unsigned n, char *const *b, unsigned m)
{
    bool same = n == m;
    for (unsigned i = 0; same && i < n; i++)
        same = str_eq(a[i], b[i]);
    return same;
}

const char *plain_compiler(const struct plain *p)
{
    return p && p->compiler ? p->compiler : "gcc";
}

bool plain_same(const struct plain *a, const struct plain *b)
{
    return str_eq(manifest_variant(a->variant), manifest_variant(b->variant)) &&
           str_eq(plain_compiler(a), plain_compiler(b)) &&
           same_words(a->flags, a->flags_count, b->flags, b->flags_count) &&
           same_words(a->args, a->args_count, b->args, b->args_count);
}

static void propose(const struct corpus *c, const char *word, struct diag *d)
{
    struct buf near = {0};
    for (size_t i = 0; i < c->cases.n; i++)
        if (strstr(c->cases.v[i].id, word))
            buf_addf(&near, " %s", c->cases.v[i].id);
    if (near.len)
        diag_add(d, "no case '%s'; there is:%s", word, buf_str(&near));
    else
        diag_add(d, "no case '%s'; `lockstep list` prints them", word);
    buf_fini(&near);
}

/* The case whose folder the word names, as a shell completes it, or NULL. */
static const struct scenario_case *case_at(const struct corpus *c,
                                           const char *word)
{
    char *dir = strchr(word, '/') ? fs_real(word) : NULL;
    const struct scenario_case *found = NULL;
    for (size_t i = 0; dir && i < c->cases.n && !found; i++)
        if (str_eq(c->cases.v[i].dir, dir))
            found = &c->cases.v[i];
    free(dir);
    return found;
}

static const struct scenario_case *find_case(const struct corpus *c,
                                             const char *word, struct diag *d)
{
    const struct scenario_case *found = case_at(c, word);
    if (found)
        return found;
    for (size_t i = 0; i < c->cases.n; i++) {
        const struct scenario_case *one = &c->cases.v[i];
        if (str_eq(one->id, word))
            return one;
        if (!str_eq(one->name, word))
            continue;
        if (found) {
            diag_add(d, "'%s' is both %s and %s; write the class too", word,
                     found->id, one->id);
            return NULL;
        }
        found = one;
    }
    if (!found)
        propose(c, word, d);
    return found;
}

enum err corpus_find(const struct corpus *c, const char *word,
                     const struct scenario_case **found,
                     const struct variant **variant, struct diag *d)
{
    const char *colon = strchr(word, ':');
    char *name = colon ? str_ndup(word, (size_t)(colon - word)) : str_dup(word);
    enum err e = ERR_NOENT;
    const struct scenario_case *one = find_case(c, name, d);
    const struct variant *v = NULL;
    if (!one)
        goto out;
    if (colon && !(v = case_variant(one, colon + 1))) {
        struct buf names = {0};
        for (size_t i = 0; i < one->variants.n; i++)
            buf_addf(&names, " %s", one->variants.v[i].name);
        diag_add(d, "%s has no variant '%s'; there is:%s", one->id, colon + 1,
                 buf_str(&names));
        buf_fini(&names);
        goto out;
    }
    *found = one;
    *variant = v;
    e = ERR_OK;
out:
    free(name);
    return e;
}
