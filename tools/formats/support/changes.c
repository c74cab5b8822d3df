/* What changed between two reports.
 * SPDX-License-Identifier: MIT */
#include "formats/support/changes.h"

#include <stdlib.h>
#include <string.h>

const char *change_word(enum direction d)
{
    static const char *const words[] = {"worse", "better", "other", "new",
                                        "gone"};
    return words[d];
}

static int compare_cells(const void *a, const void *b)
{
    const struct result *x = *(const struct result *const *)a;
    const struct result *y = *(const struct result *const *)b;
    int c = strcmp(x->c->id, y->c->id);
    c = c ? c : strcmp(x->variant->name, y->variant->name);
    return c ? c : strcmp(x->detector->id, y->detector->id);
}

/* Pointers to the results, sorted by cell; owned by the caller. */
static const struct result **sorted(const struct report *r)
{
    const struct result **l = mem_new(r->results.n + 1, sizeof(void *));
    for (size_t i = 0; i < r->results.n; i++)
        l[i] = &r->results.v[i];
    qsort(l, r->results.n, sizeof *l, compare_cells);
    return l;
}

static const struct result *find(const struct result **l, size_t n,
                                 const struct result *cell)
{
    const struct result **found =
        bsearch(&cell, l, n, sizeof *l, compare_cells);
    return found ? *found : NULL;
}

/* How right a detector was, from 0 on. */
static double rightness(const struct result *r)
{
    double rate = r->runs ? (double)r->flagged / r->runs : 0;
    if (!r->variant->buggy)
        return 1 - rate;
    return rate * (r->grade == GRADE_EXACT ? 1 : 0.5);
}

/* A program of the user's own is as right as it has few findings. */
static double soundness(const struct result *r)
{
    double rate = r->runs ? (double)r->flagged / r->runs : 0;
    return 1 - rate - (double)r->findings.n;
}

static enum direction direction(const struct report *report,
                                const struct result *before,
                                const struct result *after)
{
    if (!outcome_judged(before->outcome) || !outcome_judged(after->outcome))
        return CHANGE_OTHER;
    double was = report->merged ? soundness(before) : rightness(before);
    double is = report->merged ? soundness(after) : rightness(after);
    return is > was ? CHANGE_BETTER : is < was ? CHANGE_WORSE : CHANGE_OTHER;
}

static bool has_finding(const struct result *r, const struct finding *f)
{
    for (size_t i = 0; i < r->findings.n; i++)
        if (finding_same(&r->findings.v[i], f))
            return true;
    return false;
}

static bool has_same_findings(const struct result *a, const struct result *b)
{
    bool same = a->findings.n == b->findings.n;
    for (size_t i = 0; i < a->findings.n && same; i++)
        same = has_finding(b, &a->findings.v[i]);
    return same;
}

static bool is_same(const struct report *report, const struct result *before,
                    const struct result *after)
{
    return before->outcome == after->outcome && before->grade == after->grade &&
           (!report->merged || has_same_findings(before, after));
}

static void find_changed(const struct report *before,
                         const struct report *after, struct changes *out)
{
    const struct result **old = sorted(before);
    for (size_t i = 0; i < after->results.n; i++) {
        const struct result *is = &after->results.v[i];
        const struct result *was = find(old, before->results.n, is);
        struct change c = {was, is, CHANGE_NEW};
        if (was && is_same(after, was, is))
            continue;
        c.direction = was ? direction(after, was, is) : CHANGE_NEW;
        vec_push(out, c);
    }
    free(old);
}

static void find_gone(const struct report *before, const struct report *after,
                      struct changes *out)
{
    const struct result **now = sorted(after);
    for (size_t i = 0; i < before->results.n; i++) {
        const struct result *was = &before->results.v[i];
        if (!find(now, after->results.n, was))
            vec_push(out, ((struct change){was, NULL, CHANGE_GONE}));
    }
    free(now);
}

void changes_find(const struct report *before, const struct report *after,
                  struct changes *out)
{
    struct changes all = {0};
    find_changed(before, after, &all);
    find_gone(before, after, &all);
    for (int d = CHANGE_WORSE; d <= CHANGE_GONE; d++)
        for (size_t i = 0; i < all.n; i++)
            if ((int)all.v[i].direction == d)
                vec_push(out, all.v[i]);
    vec_fini(&all);
}
