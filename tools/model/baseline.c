/* Known findings: looking up, adding, pruning.
 * SPDX-License-Identifier: MIT */
#include "model/baseline.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

static void entry_fini(struct baseline_entry *e)
{
    free(e->fingerprint);
    free(e->message);
    free(e->reason);
    strv_fini(&e->detectors);
    landmarks_fini(&e->landmarks);
}

void baseline_fini(struct baseline *b)
{
    for (size_t i = 0; i < b->entries.n; i++)
        entry_fini(&b->entries.v[i]);
    vec_fini(&b->entries);
}

/* Whether two findings are one mistake, by what both know of it. */
static bool is_same(const struct landmarks *a, bool a_one_sided,
                    const struct landmarks *b, bool b_one_sided)
{
    if (a->n == 0 || b->n == 0)
        return false;
    return landmarks_equal(a, b) || (a_one_sided && landmarks_within(a, b)) ||
           (b_one_sided && landmarks_within(b, a));
}

static struct baseline_entry *find(struct baseline *b, const char *fingerprint,
                                   enum kind kind,
                                   const struct landmarks *landmarks,
                                   bool one_sided)
{
    for (size_t i = 0; i < b->entries.n; i++)
        if (str_eq(b->entries.v[i].fingerprint, fingerprint))
            return &b->entries.v[i];
    for (size_t i = 0; i < b->entries.n; i++) {
        struct baseline_entry *e = &b->entries.v[i];
        if (e->kind == kind &&
            is_same(landmarks, one_sided, &e->landmarks, e->one_sided))
            return e;
    }
    return NULL;
}

/* All that it may be were seen: an entry of one place covers several pairs. */
struct baseline_entry *baseline_find(struct baseline *b,
                                     const struct merged_finding *m)
{
    struct baseline_entry *found =
        find(b, m->fingerprint, m->finding.kind, &m->landmarks, m->one_sided);
    if (found)
        found->seen = true;
    for (size_t i = 0; found && i < b->entries.n; i++) {
        struct baseline_entry *e = &b->entries.v[i];
        if (e->kind == m->finding.kind &&
            is_same(&m->landmarks, m->one_sided, &e->landmarks, e->one_sided))
            e->seen = true;
    }
    return found;
}

size_t baseline_add(struct baseline *b, struct baseline *from,
                    const char *reason)
{
    size_t added = 0;
    for (size_t i = 0; i < from->entries.n; i++) {
        struct baseline_entry *e = &from->entries.v[i];
        struct baseline_entry *old =
            find(b, e->fingerprint, e->kind, &e->landmarks, e->one_sided);
        if (old) {
            old->seen = true;
            entry_fini(e);
            continue;
        }
        e->seen = true;
        if (reason && !e->reason)
            e->reason = str_dup(reason);
        vec_push(&b->entries, *e);
        added++;
    }
    vec_fini(&from->entries);
    return added;
}

size_t baseline_prune(struct baseline *b)
{
    size_t kept = 0, before = b->entries.n;
    for (size_t i = 0; i < before; i++) {
        if (b->entries.v[i].seen)
            b->entries.v[kept++] = b->entries.v[i];
        else
            entry_fini(&b->entries.v[i]);
    }
    b->entries.n = kept;
    return before - kept;
}
