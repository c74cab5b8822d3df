/* Streams of <stdio.h> other than stdout and stderr. The program gets a handle
 * in its own heap, at the same address in every execution; what is behind it
 * is the C library's, and closed with the execution. An operation is a step of
 * the search, under the lock that POSIX gives each stream.
 * Source of the rules: POSIX.1-2017, 2.5 Standard I/O Streams; flockfile.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_STREAM_H
#define LOCKSTEP_EXPLORE_RUNTIME_STREAM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* The current thread begins an operation on f: parks, and gives what the C
 * library is to be called with. `writes`: a doubt, unless nobody can see the
 * file but this execution. */
FILE *stream_enter(FILE *f, bool writes, const char *name, uint64_t pc);

/* What the last execution left open is closed; stdin is at its start. */
void stream_reset(void);

#endif
