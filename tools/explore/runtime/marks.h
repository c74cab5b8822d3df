/* What `lockstep cc` left in the program: units with assembly, units without
 * hooks, and functions that are not modelled.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_MARKS_H
#define LOCKSTEP_EXPLORE_RUNTIME_MARKS_H

/* Raises the doubts that hold for every execution. */
void marks_start(void);

/* Raises those of the functions that the execution has called. */
void marks_end(void);

#endif
