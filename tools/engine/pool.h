/* Runs numbered pieces of work in a few threads.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_POOL_H
#define LOCKSTEP_ENGINE_POOL_H

#include <stddef.h>

/* Calls work(arg, i) once for each i in [0, n), from at most `jobs` threads
 * (0 is 1), in rising order of start; returns when all have returned. */
void pool_run(unsigned jobs, size_t n, void (*work)(void *arg, size_t i),
              void *arg);

#endif
