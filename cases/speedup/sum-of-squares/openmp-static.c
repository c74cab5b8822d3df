/* Sums the squares with an OpenMP team, one slice for each thread.
 * SPDX-License-Identifier: MIT */
#include "team.h"

static u128 run(void *arg)
{
    struct shared *s = arg;
    unsigned long n = (unsigned long)s->w.threads;
#pragma omp parallel for num_threads(s->w.threads) schedule(static)
    for (unsigned long k = 0; k < n; k++)
        s->part[k].sum = work_piece(&s->w, k, n);
    return shared_sum(s);
}

int main(int argc, char **argv)
{
    return team_run(argc, argv, run);
}
