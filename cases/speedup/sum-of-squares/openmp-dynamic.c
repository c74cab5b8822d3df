/* Sums the squares with an OpenMP team, each piece by whoever comes first.
 * SPDX-License-Identifier: MIT */
#include "team.h"

static u128 run(void *arg)
{
    struct shared *s = arg;
    unsigned long n = work_pieces(&s->w);
    for (int k = 0; k < s->w.threads; k++)
        s->part[k].sum = 0;
#pragma omp parallel for num_threads(s->w.threads) schedule(dynamic)
    for (unsigned long k = 0; k < n; k++)
        s->part[omp_get_thread_num()].sum += work_piece(&s->w, k, n);
    return shared_sum(s);
}

int main(int argc, char **argv)
{
    return team_run(argc, argv, run);
}
