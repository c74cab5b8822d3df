/* The programs of a report, and whose findings are told.
 * SPDX-License-Identifier: MIT */
#include "formats/support/programs.h"

void programs_list(const struct report *r, struct programs *out)
{
    for (size_t i = 0, n; i < r->results.n; i += n) {
        n = report_program(r, i);
        struct program p = {.first = &r->results.v[i], .n = n};
        for (size_t j = 0; j < n; j++) {
            p.found |= p.first[j].findings.n > 0;
            p.differs |= p.first[j].differs;
        }
        vec_push(out, p);
    }
}

static bool any(const struct programs *l, const struct program *p)
{
    (void)l;
    (void)p;
    return true;
}

static bool differing(const struct programs *l, const struct program *p)
{
    (void)l;
    return p->differs;
}

static bool first_of_class(const struct programs *l, const struct program *p)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].chosen &&
            str_eq(l->v[i].first->c->class, p->first->c->class))
            return false;
    return true;
}

static void choose(struct programs *l, size_t *left,
                   bool (*good)(const struct programs *l,
                                const struct program *p))
{
    for (size_t i = 0; i<l->n && * left> 0; i++) {
        struct program *p = &l->v[i];
        if (!p->found || p->chosen || !good(l, p))
            continue;
        p->chosen = true;
        (*left)--;
    }
}

size_t programs_choose(struct programs *l, size_t most)
{
    size_t left = most > 0 ? most : l->n, out = 0;
    choose(l, &left, differing);
    choose(l, &left, first_of_class);
    choose(l, &left, any);
    for (size_t i = 0; i < l->n; i++)
        out += l->v[i].found && !l->v[i].chosen;
    return out;
}

const struct result *program_result(const struct program *p,
                                    const struct detector_report *d)
{
    for (size_t i = 0; p && i < p->n; i++)
        if (p->first[i].detector == d)
            return &p->first[i];
    return NULL;
}

const struct program *program_called(const struct program *p, size_t n,
                                     const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(p[i].first->variant->name, name))
            return &p[i];
    return NULL;
}

size_t programs_of_case(const struct programs *l, size_t i)
{
    size_t n = 1;
    while (i + n < l->n && l->v[i + n].first->c == l->v[i].first->c)
        n++;
    return n;
}
