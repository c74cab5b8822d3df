/* Who goes round where an execution is too long.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_LOOP_H
#define LOCKSTEP_EXPLORE_RUNTIME_LOOP_H

#include <stdbool.h>
#include <stdint.h>

/* Before each step: sees, near the bound of steps, whether only one could go
 * on.
 */
void loop_watch(void);

/* At the bound of steps: keeps who took the most of the last ones. */
void loop_note(void);

/* Keeps who goes round, at pc: the first one that is told, or one that is
 * alone: while no other can go on. */
void loop_known(uint32_t thread, uint64_t pc, bool alone);

#endif
