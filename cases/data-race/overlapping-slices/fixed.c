/* Engineers divide a bridge's spans; each span rests on the piers beside it.
 * Usage: PROGRAM [VEHICLES that pass]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { ENGINEERS = 2, SPANS = 8, MOST = 1000000 };

struct slice {
    pthread_t thread;
    int first, end; /* piers */
};

long load[SPANS + 1]; /* of each pier */
static long vehicles;

static long half_weight(int span)
{
    return span >= 0 && span < SPANS ? 10 + span : 0;
}

static void pass(const struct slice *slice)
{
    for (int pier = slice->first; pier < slice->end; pier++) {
        load[pier] += half_weight(pier);     /* @site left */
        load[pier] += half_weight(pier - 1); /* @site right */
    }
}

static void *add_loads(void *slice)
{
    for (long i = 0; i < vehicles; i++)
        pass(slice);
    return NULL;
}

int main(int argc, char **argv)
{
    struct slice slices[ENGINEERS];
    long sum = 0, expected = 0;
    vehicles = case_arg(argc, argv, 1, 500000, 1, MOST);
    for (int i = 0; i < ENGINEERS; i++) {
        slices[i].first = (SPANS + 1) * i / ENGINEERS;
        slices[i].end = (SPANS + 1) * (i + 1) / ENGINEERS;
        CASE_CHECK(
            pthread_create(&slices[i].thread, NULL, add_loads, &slices[i]));
    }
    for (int i = 0; i < ENGINEERS; i++)
        CASE_CHECK(pthread_join(slices[i].thread, NULL));
    for (int span = 0; span < SPANS; span++)
        expected += vehicles * 2 * half_weight(span);
    for (int pier = 0; pier <= SPANS; pier++)
        sum += load[pier];
    return case_end(sum == expected, "the piers carry %ld of %ld tonnes", sum,
                    expected);
}
