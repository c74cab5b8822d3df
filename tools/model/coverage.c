/* Which of the wanted ids the cases of a corpus have.
 * SPDX-License-Identifier: MIT */
#include "model/coverage.h"

#include <stdlib.h>

/* Adds the ids that a case has in a section. */
typedef void ids_of(const struct scenario_case *c, const char *section,
                    struct strv *ids);

static void cert_of(const struct scenario_case *c, const char *section,
                    struct strv *ids)
{
    (void)section;
    for (unsigned i = 0; i < c->manifest->cert_count; i++)
        strv_add(ids, c->manifest->cert[i]);
}

static void cwe_of(const struct scenario_case *c, const char *section,
                   struct strv *ids)
{
    (void)section;
    for (unsigned i = 0; i < c->manifest->cwe_count; i++)
        strv_addf(ids, "CWE-%u", c->manifest->cwe[i]);
}

static void patterns_of(const struct scenario_case *c, const char *section,
                        struct strv *ids)
{
    (void)section;
    for (unsigned i = 0; i < c->manifest->patterns_count; i++)
        strv_add(ids, pattern_id(c->manifest->patterns[i]));
}

static void reports_of(const struct scenario_case *c, const char *detector,
                       struct strv *ids)
{
    for (size_t i = 0; i < c->variants.n; i++) {
        const struct variant *v = &c->variants.v[i];
        const struct expectation *e = case_expectation(c, v, detector);
        for (unsigned j = 0; v->buggy && e && j < e->reports_count; j++)
            strv_add(ids, e->reports[j]);
    }
}

static struct coverage_id *find(struct coverage_ids *l, const char *id)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i].id, id))
            return &l->v[i];
    return NULL;
}

static struct coverage_id *find_or_add(struct coverage_section *s,
                                       const char *id)
{
    struct coverage_id *one = find(&s->wanted, id);
    if (!one)
        one = find(&s->besides, id);
    if (!one) {
        struct coverage_id added = {.id = str_dup(id)};
        vec_push(&s->besides, added);
        one = &s->besides.v[s->besides.n - 1];
    }
    return one;
}

static void add_case(struct coverage_section *s, const struct scenario_case *c,
                     ids_of *ids_of_case)
{
    struct strv ids = {0};
    ids_of_case(c, s->id, &ids);
    for (size_t i = 0; i < ids.n; i++) {
        struct case_refs *l = &find_or_add(s, ids.v[i])->cases;
        if (l->n == 0 || l->v[l->n - 1] != c)
            vec_push(l, c);
    }
    strv_fini(&ids);
}

/* The section of that id, made if there is none. */
static struct coverage_section *section(struct coverage *c, const char *id,
                                        const char *title)
{
    for (size_t i = 0; i < c->sections.n; i++)
        if (str_eq(c->sections.v[i].id, id))
            return &c->sections.v[i];
    struct coverage_section s = {.id = str_dup(id), .title = str_dup(title)};
    vec_push(&c->sections, s);
    return &c->sections.v[c->sections.n - 1];
}

static void want(struct coverage_section *s, const struct wanted_id *l,
                 unsigned n, const char *prefix)
{
    for (unsigned i = 0; i < n; i++) {
        struct coverage_id one = {.id = str_fmt("%s%s", prefix, l[i].id),
                                  .title = l[i].title,
                                  .uncovered = l[i].uncovered,
                                  .line = l[i].line};
        vec_push(&s->wanted, one);
    }
}

static void want_reports(struct coverage *c, const struct wanted_reports *group)
{
    for (unsigned i = 0; i < group->detectors_count; i++) {
        const char *detector = group->detectors[i];
        char *title = str_fmt("Reports of %s", detector);
        want(section(c, detector, title), group->kinds, group->kinds_count, "");
        free(title);
    }
}

static void add_pattern_texts(struct coverage_ids *l)
{
    for (size_t i = 0; i < l->n; i++) {
        enum pattern p = pattern_by_id(l->v[i].id);
        l->v[i].title = pattern_title(p);
        l->v[i].source = pattern_source(p);
    }
}

void coverage_take(const struct corpus *corpus, const struct wanted *list,
                   struct coverage *out)
{
    static ids_of *const fixed[] = {cert_of, cwe_of, patterns_of};
    *out = (struct coverage){0};
    want(section(out, "cert", "SEI CERT C"), list->cert, list->cert_count, "");
    want(section(out, "cwe", "CWE"), list->cwe, list->cwe_count, "CWE-");
    want(section(out, "patterns", "Patterns"), list->patterns,
         list->patterns_count, "");
    for (unsigned i = 0; i < list->reports_count; i++)
        want_reports(out, &list->reports[i]);
    for (size_t i = 0; i < out->sections.n; i++)
        for (size_t j = 0; j < corpus->cases.n; j++)
            add_case(&out->sections.v[i], &corpus->cases.v[j],
                     i < 3 ? fixed[i] : reports_of);
    add_pattern_texts(&out->sections.v[2].wanted);
    add_pattern_texts(&out->sections.v[2].besides);
}

static void ids_fini(struct coverage_ids *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->v[i].id);
        vec_fini(&l->v[i].cases);
    }
    vec_fini(l);
}

void coverage_fini(struct coverage *c)
{
    for (size_t i = 0; i < c->sections.n; i++) {
        struct coverage_section *s = &c->sections.v[i];
        free(s->id);
        free(s->title);
        ids_fini(&s->wanted);
        ids_fini(&s->besides);
    }
    vec_fini(&c->sections);
}

bool coverage_is_met(const struct coverage_id *id)
{
    return (id->cases.n > 0) != (id->uncovered != NULL);
}

size_t coverage_covered(const struct coverage_section *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->wanted.n; i++)
        n += s->wanted.v[i].cases.n > 0;
    return n;
}
