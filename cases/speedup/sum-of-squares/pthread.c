/* Sums the squares with new POSIX threads, one slice in each; the caller takes
 * the first one.
 * SPDX-License-Identifier: MIT */
#include "pieces.h"

#include <pthread.h>

struct slice {
    _Alignas(64) const struct work *w;
    pthread_t thread;
    unsigned long k;
    u128 sum;
};

static void *add_slice(void *arg)
{
    struct slice *slice = arg;
    slice->sum =
        work_piece(slice->w, slice->k, (unsigned long)slice->w->threads);
    return NULL;
}

static u128 run(void *arg)
{
    const struct work *w = arg;
    struct slice slices[MAX_THREADS];
    for (int k = 0; k < w->threads; k++) {
        slices[k].w = w;
        slices[k].k = (unsigned long)k;
        if (k > 0)
            CASE_CHECK(
                pthread_create(&slices[k].thread, NULL, add_slice, &slices[k]));
    }
    add_slice(&slices[0]);
    u128 sum = slices[0].sum;
    for (int k = 1; k < w->threads; k++) {
        CASE_CHECK(pthread_join(slices[k].thread, NULL));
        sum += slices[k].sum;
    }
    return sum;
}

int main(int argc, char **argv)
{
    struct work w = work_arguments(argc, argv);
    return work_run(&w, NULL, run, NULL, &w);
}
