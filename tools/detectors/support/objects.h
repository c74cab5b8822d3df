/* Names for the objects that threads wait for.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_OBJECTS_H
#define LOCKSTEP_DETECTORS_SUPPORT_OBJECTS_H

#include "detectors/support/stacks.h"

/* The name of the static object that holds addr, as C writes it: `lock`,
 * `queue.not_empty`, `forks[2]`; by DWARF, else the bare symbol. NULL for heap,
 * stack and nameless objects. Owned by the caller. */
char *objects_static(const struct stacks *s, uint64_t addr);

/* The first argument of the call to function in the source at place, without
 * its '&': `db->lock` of pthread_mutex_lock(&db->lock). NULL when the source
 * cannot be read or has no such call there, or function is "". Owned by the
 * caller. place may be NULL. */
char *objects_argument(const struct frame *place, const char *function);

/* Whether the source at place has a call to function, or has these words. */
bool objects_calls(const struct frame *place, const char *function);
bool objects_mentions(const struct frame *place, const char *words);

#endif
