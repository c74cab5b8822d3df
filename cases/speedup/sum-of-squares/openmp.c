/* Sums the squares of [A, B) with one slice per thread of an OpenMP team.
 * SPDX-License-Identifier: MIT */
#include "work.h"

/* The built-in reduction(+) of 128 bits needs -latomic with clang; this one
 * does the same under the runtime's own lock. */
#pragma omp declare reduction(add:u128                                         \
                              : omp_out += omp_in) initializer(omp_priv = 0)

/* Each thread adds to its own copy of sum; the reduction joins them. */
static u128 sum_in_team(const struct work *w)
{
    unsigned long n = (unsigned long)w->threads;
    u128 sum = 0;
#pragma omp parallel for reduction(add                                         \
                                   : sum) num_threads(w->threads)              \
    schedule(static)
    for (unsigned long k = 0; k < n; k++)
        sum += sum_of_squares(kernel_cut(w->from, w->to, k, n),
                              kernel_cut(w->from, w->to, k + 1, n));
    return sum;
}

int main(int argc, char **argv)
{
    struct work w = work_arguments(argc, argv);

    double start = kernel_clock();
    u128 sum = sum_in_team(&w);
    double seconds = kernel_clock() - start;

    return work_end(&w, sum, seconds);
}
