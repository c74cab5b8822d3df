/* Findings of several detectors, each bug told once.
 * SPDX-License-Identifier: MIT */
#include "formats/support/groups.h"

/* A detector that knows one access only may mean any race that has it. */
static bool part_of(const struct finding *one, const struct finding *whole)
{
    const struct frame *place = NULL;
    for (size_t i = 0; i < one->accesses.n; i++) {
        const struct access *a = &one->accesses.v[i];
        if (a->role == ROLE_CREATED)
            continue;
        if (place)
            return false;
        place = access_place(a);
    }
    for (size_t i = 0; place && i < whole->accesses.n; i++) {
        const struct frame *f = access_place(&whole->accesses.v[i]);
        if (f && whole->accesses.v[i].role != ROLE_CREATED &&
            f->line == place->line && str_eq(f->file, place->file))
            return one->kind == whole->kind;
    }
    return false;
}

static size_t told(const struct finding *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->accesses.n; i++)
        n += f->accesses.v[i].role != ROLE_CREATED;
    return n;
}

static void join(struct group *g, const struct finding *f,
                 const struct result *r)
{
    if (told(f) > told(g->finding)) {
        g->finding = f;
        g->result = r;
    }
    g->differs |= r->differs;
    if (!g->object)
        g->object = f->object;
    if (f->grade > g->grade)
        g->grade = f->grade;
    if (!strv_has(&g->detectors, f->detector))
        strv_add(&g->detectors, f->detector);
}

static void add(struct groups *l, const struct finding *f,
                const struct result *r)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct finding *other = l->v[i].finding;
        if (finding_same(other, f) || part_of(f, other) || part_of(other, f)) {
            join(&l->v[i], f, r);
            return;
        }
    }
    struct group g = {.finding = f,
                      .result = r,
                      .object = f->object,
                      .grade = f->grade,
                      .differs = r->differs};
    strv_add(&g.detectors, f->detector);
    vec_push(l, g);
}

void groups_add(struct groups *l, const struct result *results, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < results[i].findings.n; j++)
            add(l, &results[i].findings.v[j], &results[i]);
}

void groups_fini(struct groups *l)
{
    for (size_t i = 0; i < l->n; i++)
        strv_fini(&l->v[i].detectors);
    vec_fini(l);
}

bool group_is_other(const struct group *g)
{
    return g->grade != GRADE_NONE && g->grade < GRADE_PARTIAL;
}
