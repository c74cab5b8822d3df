/* What static constructors do with locks: there is one thread then, and no
 * execution is under way.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_EARLY_H
#define LOCKSTEP_EXPLORE_RUNTIME_EARLY_H

#include "explore/runtime/object.h"

/* An object was initialised: each execution begins with it, its gate and its
 * count. */
void early_made(uint64_t address, enum object_kind kind, int32_t gate,
                int32_t count);

/* Something was locked (1), or unlocked (-1). 0. */
int early_lock(int by);

/* A semaphore was waited for or posted, or whatever else is not followed. 0. */
int early_odd(void);

/* At the start of each execution. */
void early_restore(void);

/* When main is about to begin: why nothing can be explored, or NULL. */
const char *early_refusal(void);

#endif
