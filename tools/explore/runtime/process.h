/* What belongs to the process as a whole and not to one of its threads: the
 * mask of new files, the folder it is in, its environment.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_PROCESS_H
#define LOCKSTEP_EXPLORE_RUNTIME_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

/* A scheduling point before something is done to the kernel's files: one that
 * makes a file depends on the mask. */
void process_file_point(bool makes, uint64_t pc);

/* Whether a file of the kernel's that is only read is the same in every
 * execution: the kernel's own, that are made while they are read, are not. */
bool process_is_constant(int real);

/* What is to be there in every execution; back to it. */
void process_keep(void);
void process_reset(void);

#endif
