/* Who holds which lock, as the preloaded recorder wrote it down.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_HOLDERS_H
#define LOCKSTEP_DETECTORS_SUPPORT_HOLDERS_H

#include "base/vec.h"
#include "detectors/support/stacks.h"

#include <stdbool.h>
#include <stdint.h>

struct holder {
    pid_t own_tid; /* as the thread calls itself */
    bool ended;    /* known to have ended, or not copied by fork */
    bool shared;   /* holds it for reading */
    uint64_t lock;
    uint64_t site; /* return address of the call that took the lock */
};

VEC_TYPE(holders, struct holder);

/* Adds every record of the process; none when it has no recorder. Locks that
 * are given up for the time of a wait on a condition are left out. */
void holders_read(const struct stacks *s, struct holders *out);

#endif
