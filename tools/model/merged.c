/* Merging what several runs reported.
 * SPDX-License-Identifier: MIT */
#include "model/merged.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

const struct frame *merged_place(const struct merged_finding *m)
{
    const struct accesses *l = &m->finding.accesses;
    for (size_t i = 0; i < l->n; i++) {
        const struct frame *f = access_place(&l->v[i]);
        if (f && l->v[i].role != ROLE_CREATED)
            return f;
    }
    return NULL;
}

static void count(struct merged_finding *m, const struct observation *o)
{
    const char *detector = o->finding.detector;
    for (size_t i = 0; i < m->seen.n; i++) {
        struct sighting *s = &m->seen.v[i];
        if (!str_eq(s->under, o->under) || !str_eq(s->detector, detector))
            continue;
        s->runs += s->last != o->run + 1;
        s->last = o->run + 1;
        return;
    }
    vec_push(&m->seen,
             ((struct sighting){str_dup(detector), o->under, 1, o->run + 1}));
}

/* The places that f tells of; a stack that was lost has none. */
static size_t placed(const struct finding *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->accesses.n; i++)
        n += f->accesses.v[i].role != ROLE_CREATED &&
             access_place(&f->accesses.v[i]) != NULL;
    return n;
}

static bool has_place(const struct finding *f, const struct frame *place)
{
    for (size_t i = 0; i < f->accesses.n; i++) {
        const struct frame *g = access_place(&f->accesses.v[i]);
        if (g && f->accesses.v[i].role != ROLE_CREATED &&
            g->line == place->line && str_eq(g->file, place->file))
            return true;
    }
    return false;
}

/* one knows a single place, be it that a stack was lost, and whole has it. */
static bool part_of(const struct finding *one, const struct finding *whole)
{
    const struct frame *place = NULL;
    for (size_t i = 0; i < one->accesses.n && !place; i++)
        if (one->accesses.v[i].role != ROLE_CREATED)
            place = access_place(&one->accesses.v[i]);
    return one->kind == whole->kind && placed(one) == 1 && place &&
           has_place(whole, place);
}

static bool is_same(const struct finding *a, const struct finding *b)
{
    return finding_same(a, b) || part_of(a, b) || part_of(b, a);
}

static struct merged_finding *find(struct merged_findings *l,
                                   const struct finding *f)
{
    for (size_t i = 0; i < l->n; i++)
        if (is_same(&l->v[i].finding, f))
            return &l->v[i];
    return NULL;
}

/* f is told by m already: what it knows more goes there. */
static void join(struct merged_finding *m, struct finding *f)
{
    if (placed(f) > placed(&m->finding)) {
        struct finding less = m->finding;
        m->finding = *f;
        *f = less;
    }
    if (!m->finding.object) {
        m->finding.object = f->object;
        f->object = NULL;
    }
    finding_fini(f);
}

static void add(struct merged_findings *out, struct observation *o)
{
    struct merged_finding *m = find(out, &o->finding);
    if (m) {
        count(m, o);
        join(m, &o->finding);
    } else {
        vec_push(out, (struct merged_finding){.finding = o->finding});
        count(&out->v[out->n - 1], o);
    }
    o->finding = (struct finding){0};
}

static int by_name(const void *a, const void *b)
{
    const struct sighting *x = a, *y = b;
    int order = strcmp(x->detector, y->detector);
    return order ? order : strcmp(x->under, y->under);
}

static int compare(const void *a, const void *b)
{
    const struct merged_finding *x = a, *y = b;
    const struct frame *f = merged_place(x), *g = merged_place(y);
    if (!f || !g)
        return (f == NULL) - (g == NULL);
    int order = strcmp(f->file, g->file);
    if (order == 0)
        order = (f->line > g->line) - (f->line < g->line);
    if (order == 0)
        order = (int)x->finding.kind - (int)y->finding.kind;
    return order ? order : strcmp(x->fingerprint, y->fingerprint);
}

void merged_describe(struct merged_finding *m)
{
    landmarks_of(&m->finding, &m->landmarks);
    m->fingerprint = fingerprint_of(&m->finding, &m->landmarks);
    m->one_sided = placed(&m->finding) == 1;
}

/* Those that know two places come first: the others join them, whichever
 * detector happened to speak first. */
void merge_observations(struct observations *l, struct merged_findings *out)
{
    *out = (struct merged_findings){0};
    for (int both = 1; both >= 0; both--)
        for (size_t i = 0; i < l->n; i++) {
            struct observation *o = &l->v[i];
            if (o->finding.detector && (placed(&o->finding) > 1) == both)
                add(out, o);
        }
    for (size_t i = 0; i < out->n; i++) {
        struct sightings *seen = &out->v[i].seen;
        qsort(seen->v, seen->n, sizeof *seen->v, by_name);
        merged_describe(&out->v[i]);
    }
    if (out->n > 1)
        qsort(out->v, out->n, sizeof *out->v, compare);
    vec_fini(l);
}

void merged_finding_fini(struct merged_finding *m)
{
    finding_fini(&m->finding);
    for (size_t i = 0; i < m->seen.n; i++)
        free(m->seen.v[i].detector);
    vec_fini(&m->seen);
    landmarks_fini(&m->landmarks);
    free(m->fingerprint);
}

void merged_findings_fini(struct merged_findings *l)
{
    for (size_t i = 0; i < l->n; i++)
        merged_finding_fini(&l->v[i]);
    vec_fini(l);
}
