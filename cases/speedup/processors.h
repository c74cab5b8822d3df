/* The processors that a program may use, one for each of its threads. Left to
 * itself, the kernel was seen to leave two threads on one for milliseconds.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_PROCESSORS_H
#define LOCKSTEP_PROCESSORS_H

#ifndef _GNU_SOURCE
#ifdef _FEATURES_H
#error "include processors.h before all other headers"
#endif
#define _GNU_SOURCE /* affinity */
#endif

#include <sched.h>

/* Fills *allowed with those of the caller, and returns how many they are; 0
 * when that cannot be known. */
static inline int processors_allowed(cpu_set_t *allowed)
{
    return sched_getaffinity(0, sizeof *allowed, allowed) == 0
               ? CPU_COUNT(allowed)
               : 0;
}

/* The k-th of those, of which there is one at least, alone; k counts on from
 * the first after the last. */
static inline cpu_set_t processors_one(const cpu_set_t *allowed, int k)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    k %= CPU_COUNT(allowed);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, allowed) && k-- == 0)
            CPU_SET(cpu, &one);
    return one;
}

/* The k-th after the one that the caller runs on, alone: for who is to start
 * while the caller goes on. */
static inline cpu_set_t processors_after(const cpu_set_t *allowed, int k)
{
    int here = sched_getcpu();
    for (int cpu = 0; cpu < here; cpu++)
        k += CPU_ISSET(cpu, allowed) != 0;
    return processors_one(allowed, k);
}

#endif
