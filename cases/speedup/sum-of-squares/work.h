/* The work of this kernel: the sum of i * i for i in [from, to), in 128 bits.
 * `serial` calls the function below, all others the one with vectors of simd.h,
 * so they differ only in how they share the work out.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_SUM_OF_SQUARES_WORK_H
#define LOCKSTEP_SUM_OF_SQUARES_WORK_H

#include "../../kernel.h"

/* With i <= 2^42 the sum is below 2^126. */
#define LIMIT (1L << 42)
#define MAX_THREADS 1024
#define MAX_TASKS 1000

typedef unsigned __int128 u128;

/* Clang knows the closed form of this sum and would not loop at all; gcc would
 * take the call out of the measured time. The opaque i forbids both. It costs
 * nothing: the loop stays mul, add, adc, and is the same in every variant,
 * because the function is not inlined into its callers. */
__attribute__((noinline, unused)) static u128 sum_of_squares(unsigned long from,
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

/* Arguments FROM TO TASKS THREADS: task x of TASKS sums the squares of
 * [FROM, TO + x); the value is the sum over all tasks. */
struct work {
    unsigned long from, to, tasks;
    int threads;
};

static inline struct work work_arguments(int argc, char **argv)
{
    long tasks = case_arg(argc, argv, 3, 1, 1, MAX_TASKS);
    long limit = tasks == 1 ? LIMIT : LIMIT >> 4; /* 128 bits are enough */
    long from = case_arg(argc, argv, 1, 0, 0, limit);
    long to = case_arg(argc, argv, 2, 100000, from, limit);
    long threads = case_arg(argc, argv, 4, 4, 1, MAX_THREADS);
    return (struct work){(unsigned long)from, (unsigned long)to,
                         (unsigned long)tasks, (int)threads};
}

/* By the formula. */
static inline u128 work_value(const struct work *w)
{
    u128 sum = 0;
    for (unsigned long x = 0; x < w->tasks; x++)
        sum += squares_below(w->to + x) - squares_below(w->from);
    return sum;
}

/* Repeats run(arg) and reports; the exit status of the program. */
static inline int work_run(const struct work *w, void (*start)(void *arg),
                           u128 (*run)(void *arg), void (*stop)(void *arg),
                           void *arg)
{
    struct kernel_work k = {start, run, stop, arg, work_value(w)};
    return kernel_run(&k);
}

#endif
