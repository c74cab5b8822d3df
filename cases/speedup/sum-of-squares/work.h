/* The work of this kernel: the sum of i * i for i in [from, to), in 128 bits.
 * Every variant calls the one function below, so they differ only in how they
 * share the work out.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_SUM_OF_SQUARES_WORK_H
#define LOCKSTEP_SUM_OF_SQUARES_WORK_H

#include "kernel.h"

/* With i <= 2^42 the sum is below 2^126. */
#define LIMIT (1L << 42)
#define MAX_THREADS 1024

typedef unsigned __int128 u128;

/* Clang knows the closed form of this sum and would not loop at all; gcc would
 * take the call out of the measured time. The opaque i forbids both. It costs
 * nothing: the loop stays mul, add, adc, and is the same in every variant,
 * because the function is not inlined into its callers. */
__attribute__((noinline)) static u128 sum_of_squares(unsigned long from,
                                                     unsigned long to)
{
    u128 sum = 0;
    for (unsigned long i = from; i < to; i++) {
        u128 x = kernel_opaque(i);
        sum += x * x;
    }
    return sum;
}

/* 0 + 1 + 4 + ... + (n - 1)^2 = (n - 1) n (2n - 1) / 6 */
static inline u128 squares_below(u128 n)
{
    return n == 0 ? 0 : (n - 1) * n * (2 * n - 1) / 6;
}

/* Arguments A B THREADS: the sum over [A, B). */
struct work {
    unsigned long from, to;
    long threads;
};

static inline struct work work_arguments(int argc, char **argv)
{
    long from = case_arg(argc, argv, 1, 0, 0, LIMIT);
    long to = case_arg(argc, argv, 2, 100000, from, LIMIT);
    long threads = case_arg(argc, argv, 3, 4, 1, MAX_THREADS);
    return (struct work){(unsigned long)from, (unsigned long)to, threads};
}

/* Reports; the exit status of the program. */
static inline int work_end(const struct work *w, u128 sum, double seconds)
{
    return kernel_end(sum, squares_below(w->to) - squares_below(w->from),
                      seconds);
}

#endif
