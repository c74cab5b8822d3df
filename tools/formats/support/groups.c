/* Findings of several detectors, each bug told once.
 * SPDX-License-Identifier: MIT */
#include "formats/support/groups.h"

static void join(struct group *g, const struct finding *f,
                 const struct result *r)
{
    if (finding_told(f) > finding_told(g->finding)) {
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
        if (finding_same(other, f) || finding_part_of(f, other) ||
            finding_part_of(other, f)) {
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
