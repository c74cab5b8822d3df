/* The overhead of OpenMP's constructs: libgomp's or libomp's.
 * SPDX-License-Identifier: MIT */
#include "overhead.h"

#include <omp.h>

static unsigned long fork_join(void *arg, unsigned long n)
{
    struct overhead_team *t = arg;
    overhead_reset(t);
    for (unsigned long k = 0; k < n; k++) {
#pragma omp parallel num_threads(t->threads)
        {
            overhead_delay();
            t->count[omp_get_thread_num()].done++;
        }
    }
    return overhead_agreed(t);
}

static unsigned long barrier(void *arg, unsigned long n)
{
    struct overhead_team *t = arg;
    overhead_reset(t);
#pragma omp parallel num_threads(t->threads)
    {
        for (unsigned long k = 0; k < n; k++) {
            overhead_delay();
#pragma omp barrier
        }
        t->count[omp_get_thread_num()].done = n;
    }
    return overhead_agreed(t);
}

static unsigned long critical(void *arg, unsigned long n)
{
    struct overhead_team *t = arg;
    unsigned long total = 0;
#pragma omp parallel num_threads(t->threads)
    {
        unsigned long share = overhead_share(t, omp_get_thread_num(), n);
        for (unsigned long k = 0; k < share; k++) {
#pragma omp critical
            {
                overhead_delay();
                total++;
            }
        }
    }
    return total;
}

static unsigned long reduction(void *arg, unsigned long n)
{
    struct overhead_team *t = arg;
    unsigned long total = 0;
    for (unsigned long k = 0; k < n; k++) {
        unsigned long sum = 0;
#pragma omp parallel num_threads(t->threads) reduction(+ : sum)
        {
            overhead_delay();
            sum++;
        }
        total += sum;
    }
    return total / (unsigned long)t->threads;
}

int main(int argc, char **argv)
{
    static struct overhead_team team;
    static const struct overhead_runtime runtime = {
        NULL, NULL, fork_join, barrier, critical, reduction};
    return overhead_main(argc, argv, &runtime, &team);
}
