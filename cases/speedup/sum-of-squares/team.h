/* The team of the OpenMP variants: made by the first parallel region, it waits
 * for the next ones. As OpenMP's users do, the work begins with a team at hand.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_SUM_OF_SQUARES_TEAM_H
#define LOCKSTEP_SUM_OF_SQUARES_TEAM_H

#include "pieces.h"

#include <omp.h>

static inline void team_start(void *arg)
{
    const struct shared *s = arg;
#pragma omp parallel num_threads(s->w.threads)
    (void)kernel_opaque(0);
}

static inline int team_run(int argc, char **argv, u128 (*run)(void *arg))
{
    struct shared s = {.w = work_arguments(argc, argv)};
    return work_run(&s.w, team_start, run, NULL, &s);
}

#endif
