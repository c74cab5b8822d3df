/* A process and its descendants.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_FAMILY_H
#define LOCKSTEP_DETECTORS_SUPPORT_FAMILY_H

#include "base/vec.h"

#include <stdbool.h>
#include <sys/types.h>

struct member {
    pid_t pid;
    pid_t parent;
};

VEC_TYPE(members, struct member);

/* Adds leader and all that descend from it, leader first, then by pid. */
void family_of(pid_t leader, struct members *out);

/* Whether the process runs inside Valgrind, where the stacks of the program
 * are not those of the process. */
bool family_is_valgrind(pid_t pid);

#endif
