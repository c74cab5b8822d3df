/* Kills what the supervisor of a program has become the parent of. It runs in
 * the supervisor, so all of it is async-signal-safe.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_SWEEP_H
#define LOCKSTEP_OS_SWEEP_H

/* Kills the children of this process, by /proc; how many there were. What they
 * leave behind becomes children of this process in turn. None is reaped. */
int sweep_children(void);

#endif
