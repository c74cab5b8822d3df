/* Findings as text, so that a test can show all that was read of a report.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_TOLD_H
#define LOCKSTEP_TESTS_TOLD_H

#include "base/buf.h"
#include "model/finding.h"

#include <stdbool.h>

#define TOLD_OR(s) ((s) ? (s) : "-")

static inline void told_frame(struct buf *b, const struct frame *f)
{
    buf_addf(b, "    %s %s:%d:%d %s\n", TOLD_OR(f->function),
             TOLD_OR(f->file), f->line, f->col, TOLD_OR(f->module));
}

/* whole: every frame; else the user's own place of each access. */
static inline void told_access(struct buf *b, const struct access *a,
                               bool whole)
{
    buf_addf(b, "  %s%s by %s", a->previous ? "previous " : "",
             role_id(a->role), TOLD_OR(a->thread));
    const struct frame *place = access_place(a);
    if (whole)
        buf_adds(b, "\n");
    else if (place)
        buf_addf(b, " at %s %s:%d\n", TOLD_OR(place->function), place->file,
                 place->line);
    else
        buf_addf(b, " at no place of %zu\n", a->stack.n);
    for (size_t i = 0; whole && i < a->stack.n; i++)
        told_frame(b, &a->stack.v[i]);
}

/* Owned by the caller. */
static inline char *told(const struct findings *l, bool whole)
{
    struct buf b = {0};
    for (size_t i = 0; i < l->n; i++) {
        const struct finding *f = &l->v[i];
        buf_addf(&b, "%s %s: %s [%s] {%s}\n", f->detector, kind_id(f->kind),
                 f->native, TOLD_OR(f->object), f->message);
        for (size_t j = 0; j < f->accesses.n; j++)
            told_access(&b, &f->accesses.v[j], whole);
    }
    return buf_take(&b);
}

#endif
