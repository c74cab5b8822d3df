/* Findings made by hand.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_FINDINGS_H
#define LOCKSTEP_TESTS_FINDINGS_H

#include "base/str.h"
#include "model/finding.h"

/* A frame under the last access of f; file may be NULL. */
static inline void add_frame(struct finding *f, const char *function,
                             const char *file, int line)
{
    struct access *a = &f->accesses.v[f->accesses.n - 1];
    struct frame *frame = frames_add(&a->stack);
    frame->function = str_dup(function);
    frame->file = str_dup(file);
    frame->line = line;
}

/* An access in function "work" of file; line 0: its stack is lost. */
static inline void add_access(struct finding *f, enum role role,
                              const char *file, int line)
{
    accesses_add(&f->accesses, role);
    if (line > 0)
        add_frame(f, "work", file, line);
}

/* A data race of two writes at lines a and b of file. */
static inline struct finding *add_race(struct findings *l, const char *detector,
                                       const char *file, int a, int b)
{
    struct finding *f = findings_add(l, detector, KIND_DATA_RACE, "data race");
    f->message = str_fmt("race of %d and %d", a, b);
    add_access(f, ROLE_WRITE, file, a);
    add_access(f, ROLE_WRITE, file, b);
    return f;
}

#endif
