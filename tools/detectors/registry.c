/* Finding a detector by its id, and what its structures own.
 * SPDX-License-Identifier: MIT */
#include "detectors/detector.h"

#include <stdlib.h>

const struct detector *detector_by_id(const char *id)
{
    for (const struct detector *const *d = detectors; *d; d++)
        if (str_eq((*d)->id, id))
            return *d;
    return NULL;
}

const char *detector_unsupported(const struct detector *d, enum model m)
{
    if (m == MODEL_MPI)
        return "its processes are started by mpirun and share no memory; no "
               "detector here follows them";
    return d->unsupported ? d->unsupported(m) : NULL;
}

const char *detector_unable(const struct detector *d,
                            const struct scenario_case *c,
                            const struct variant *v)
{
    const char *unable = detector_unsupported(d, v->model);
    const struct explore_entry *x = c->manifest->explore;
    if (unable || d->family != DETECTOR_EXPLORING || !x)
        return unable;
    return x->unsupported;
}

const char *detector_family_id(enum detector_family f)
{
    static const char *const ids[] = {"dynamic", "static", "exploring"};
    return ids[f];
}

static bool speaks_of(const struct detector *d, enum kind k)
{
    for (const enum kind *own = d->kinds; *own != KIND_COUNT; own++)
        if (*own == k)
            return true;
    return false;
}

static bool speaks_of_any(const struct detector *d, const struct truth *t)
{
    for (unsigned i = 0; i < t->kinds_count; i++)
        if (speaks_of(d, t->kinds[i]))
            return true;
    return false;
}

const struct expectation *detector_implied(const struct detector *d,
                                           const struct scenario_case *c,
                                           const struct variant *v)
{
    const struct manifest *m = c->manifest;
    if (!d->kinds || !v->buggy)
        return NULL;
    for (unsigned i = 0; i < m->truth_count; i++)
        if (str_eq(manifest_variant(m->truth[i].variant), v->name) &&
            speaks_of_any(d, &m->truth[i]))
            return NULL;
    return &d->beyond;
}

const struct expectation *detector_expectation(const struct detector *d,
                                               const struct scenario_case *c,
                                               const struct variant *v)
{
    const struct expectation *e = case_expectation(c, v, d->id);
    return e ? e : detector_implied(d, c, v);
}

char *const *detector_arguments(const struct detector *d,
                                const struct manifest *m, unsigned *n)
{
    const struct explore_entry *x = m->explore;
    bool own = d->family == DETECTOR_EXPLORING && x && x->args;
    *n = own ? x->args_count : m->args_count;
    return own ? x->args : m->args;
}

const char *detector_unfit(const struct detector *d, const struct program *p)
{
    if (d->unfit)
        return d->unfit(p);
    return d->family == DETECTOR_EXPLORING
               ? "it explores what `lockstep cc` built: `lockstep explore` "
                 "does so"
               : "it reads sources, and judges no program";
}

void detector_status_fini(struct detector_status *s)
{
    free(s->version);
    free(s->problem);
    free(s->mend);
    free(s->no_openmp);
    *s = (struct detector_status){0};
}

void launch_fini(struct launch *l)
{
    strv_fini(&l->compile);
    strv_fini(&l->prefix);
    strv_fini(&l->env);
}
