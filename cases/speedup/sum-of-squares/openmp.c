/* Sums the squares of [A, B) with one slice per thread of an OpenMP team.
 * SPDX-License-Identifier: MIT */
#include "work.h"

/* A reduction(+) of 128 bits would need -latomic with clang; a slice's sum is
 * added only once, so that the lock costs nothing. */
static u128 sum_in_team(const struct work *w)
{
    unsigned long n = (unsigned long)w->threads;
    u128 sum = 0;
#pragma omp parallel for num_threads(w->threads) schedule(static)
    for (unsigned long k = 0; k < n; k++) {
        u128 part = sum_of_squares(kernel_cut(w->from, w->to, k, n),
                                   kernel_cut(w->from, w->to, k + 1, n));
#pragma omp critical
        sum += part;
    }
    return sum;
}

int main(int argc, char **argv)
{
    struct work w = work_arguments(argc, argv);

    /* A team is made once, by the first parallel region, and waits for the
     * next ones. As OpenMP's users do, the work begins with a team at hand. */
#pragma omp parallel num_threads(w.threads)
    (void)kernel_opaque(0);

    double start = kernel_clock();
    u128 sum = sum_in_team(&w);
    double seconds = kernel_clock() - start;

    return work_end(&w, sum, seconds);
}
