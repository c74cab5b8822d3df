/* A bug of the explorer's, read, and what its findings are made of. Internal to
 * explored.c and explored_stuck.c.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_EXPLORED_BUG_H
#define LOCKSTEP_DETECTORS_SUPPORT_EXPLORED_BUG_H

#include "model/finding.h"

/* Who did what where; of a thread that waits for another, or for what that one
 * holds, who that is. Strings may be NULL. */
struct explored_at {
    int thread, waits_for; /* -1: nobody */
    char *text, *does, *object;
    struct frame frame;
    struct frame held; /* where the lock was taken */
};

VEC_TYPE(explored_ats, struct explored_at);

struct explored_found {
    char *kind, *text;
    struct explored_ats places;
};

/* Adds an access at that place, and where the lock that is waited for there was
 * taken, if that is known. */
struct access *explored_access(struct finding *f, const struct explored_at *at,
                               enum role role);
void explored_holder(struct finding *f, const struct explored_at *at);

/* Findings of threads of which none can go on. */
void explored_stuck(const char *detector, const struct explored_found *bug,
                    struct findings *out);

#endif
