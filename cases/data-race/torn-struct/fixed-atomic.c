/* The clock of a simulation is kept in a struct; clients copy it.
 * Usage: PROGRAM [STEPS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>

enum { CLIENTS = 2, STEP = 50 }; /* minutes */

atomic_long now; /* in minutes */
static long steps, wrong[CLIENTS];

static void *advance(void *unused)
{
    for (long i = 1; i <= steps; i++)
        atomic_store(&now, i * STEP);
    return unused;
}

static void *watch(void *arg)
{
    long *count = arg;
    for (long i = 0; i < steps; i++) {
        long time = atomic_load(&now); /* @site read */
        *count += time % STEP != 0;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t simulation, clients[CLIENTS];
    long sum = 0;
    steps = case_arg(argc, argv, 1, 1000000, 1, 100000000);
    CASE_CHECK(pthread_create(&simulation, NULL, advance, NULL));
    for (int i = 0; i < CLIENTS; i++)
        CASE_CHECK(pthread_create(&clients[i], NULL, watch, &wrong[i]));
    CASE_CHECK(pthread_join(simulation, NULL));
    for (int i = 0; i < CLIENTS; i++) {
        CASE_CHECK(pthread_join(clients[i], NULL));
        sum += wrong[i];
    }
    return case_end(sum == 0, "%ld of %ld copies show a time that never was",
                    sum, CLIENTS * steps);
}
