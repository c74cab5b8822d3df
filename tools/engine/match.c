/* Grades a finding against the truth.
 * SPDX-License-Identifier: MIT */
#include "engine/match.h"

#include <stdlib.h>
#include <string.h>

/* What is true: kinds, and the sites that count. */
struct claim {
    const enum kind *kinds;
    unsigned kinds_count;
    const char *object; /* or NULL */
    const char *source;
    struct sites sites; /* borrowed strings; only the array is owned */
};

static bool has_kind(const struct claim *claim, enum kind k)
{
    for (unsigned i = 0; i < claim->kinds_count; i++)
        if (claim->kinds[i] == k)
            return true;
    return false;
}

/* Reports name a source as it was given to the compiler, which is the absolute
 * path; Valgrind may give the bare file name. */
static bool same_file(const char *reported, const char *source)
{
    return str_eq(reported, source) ||
           (!strchr(reported, '/') && str_eq(reported, str_basename(source)));
}

static bool at_site(const struct claim *claim, const struct frame *f)
{
    if (!f || !same_file(f->file, claim->source))
        return false;
    for (size_t i = 0; i < claim->sites.n; i++)
        if (claim->sites.v[i].line == f->line)
            return true;
    return false;
}

static bool in_function(const struct claim *claim, const struct frame *f)
{
    if (!f || !f->function || !same_file(f->file, claim->source))
        return false;
    for (size_t i = 0; i < claim->sites.n; i++)
        if (str_eq(claim->sites.v[i].function, f->function))
            return true;
    return false;
}

/* "queue.count", "queue[3]" and "queue" tell of the same object. What is named
 * through a pointer, as in "q->lock", may be any object. */
static bool same_object(const char *reported, const char *truth)
{
    size_t n = strcspn(reported, ".[+-( ,");
    size_t m = strcspn(truth, ".[+-( ");
    return strstr(reported, "->") ||
           (n == m && strncmp(reported, truth, n) == 0);
}

/* A report that names several, "changed, lock", tells of each of them. */
static bool names_object(const char *reported, const char *truth)
{
    const char *next = strstr(reported, ", ");
    if (same_object(reported, truth))
        return true;
    return next && names_object(next + 2, truth);
}

static bool needs_two(enum kind k)
{
    return k == KIND_DATA_RACE;
}

static enum grade grade_places(const struct claim *claim,
                               const struct finding *f, bool one_sided)
{
    unsigned all = 0, sites = 0, functions = 0;
    for (size_t i = 0; i < f->accesses.n; i++) {
        const struct access *a = &f->accesses.v[i];
        if (a->role == ROLE_CREATED)
            continue;
        const struct frame *place = access_place(a);
        all++;
        sites += at_site(claim, place);
        functions += in_function(claim, place);
    }
    unsigned wanted = needs_two(f->kind) && !one_sided ? 2 : 1;
    if (sites >= wanted && sites == all)
        return GRADE_EXACT;
    if (sites > 0)
        return GRADE_PARTIAL;
    return functions > 0 ? GRADE_FUNCTION : GRADE_ELSEWHERE;
}

static enum grade grade_claim(const struct claim *claim,
                              const struct finding *f, bool one_sided)
{
    if (!has_kind(claim, f->kind))
        return GRADE_WRONG_KIND;
    enum grade g = grade_places(claim, f, one_sided);
    bool other =
        f->object && claim->object && !names_object(f->object, claim->object);
    return other && g > GRADE_PARTIAL ? GRADE_PARTIAL : g;
}

static struct claim claim_of(const struct variant *v, const struct truth *t)
{
    struct claim claim = {.kinds = t->kinds,
                          .kinds_count = t->kinds_count,
                          .object = t->object,
                          .source = v->source};
    for (unsigned i = 0; i < t->sites_count; i++) {
        const struct site *s = site_find(&v->sites, t->sites[i]);
        if (s)
            vec_push(&claim.sites, *s);
    }
    return claim;
}

enum grade match_grade(const struct scenario_case *c, const struct variant *v,
                       const struct finding *f, bool one_sided)
{
    enum grade best = GRADE_NONE;
    for (unsigned i = 0; i < c->manifest->truth_count; i++) {
        const struct truth *t = &c->manifest->truth[i];
        if (!str_eq(manifest_variant(t->variant), v->name))
            continue;
        struct claim claim = claim_of(v, t);
        enum grade g = grade_claim(&claim, f, one_sided);
        vec_fini(&claim.sites);
        if (g > best)
            best = g;
    }
    return best;
}

enum grade match_sites(const struct sites *sites, const char *source,
                       enum kind kind, const struct finding *f, bool one_sided)
{
    struct claim claim = {
        .kinds = &kind, .kinds_count = 1, .source = source, .sites = *sites};
    return grade_claim(&claim, f, one_sided);
}
