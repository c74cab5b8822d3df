/* Sums the squares of [A, B) with one slice and one POSIX thread per slice.
 * SPDX-License-Identifier: MIT */
#include "work.h"

#include <pthread.h>

/* A thread writes its slice's sum once, when it has it: it adds in registers.
 * The alignment still keeps any two sums from sharing a cache line. */
struct slice {
    _Alignas(64) pthread_t thread;
    unsigned long from, to;
    u128 sum;
};

static void *add_slice(void *argument)
{
    struct slice *slice = argument;
    slice->sum = sum_of_squares(slice->from, slice->to);
    return NULL;
}

static u128 sum_in_threads(const struct work *w, struct slice *slices)
{
    unsigned long n = (unsigned long)w->threads;
    for (unsigned long k = 0; k < n; k++) {
        slices[k].from = kernel_cut(w->from, w->to, k, n);
        slices[k].to = kernel_cut(w->from, w->to, k + 1, n);
        CASE_CHECK(
            pthread_create(&slices[k].thread, NULL, add_slice, &slices[k]));
    }
    u128 sum = 0;
    for (unsigned long k = 0; k < n; k++) {
        CASE_CHECK(pthread_join(slices[k].thread, NULL));
        sum += slices[k].sum;
    }
    return sum;
}

int main(int argc, char **argv)
{
    struct work w = work_arguments(argc, argv);
    struct slice slices[MAX_THREADS];

    double start = kernel_clock();
    u128 sum = sum_in_threads(&w, slices);
    double seconds = kernel_clock() - start;

    return work_end(&w, sum, seconds);
}
