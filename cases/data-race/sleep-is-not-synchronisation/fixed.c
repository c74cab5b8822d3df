/* A ferry's display shows the tides, which a thread fetches at the start.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

enum { TIDES = 8, FETCH_US = 200 };

int tides[TIDES]; /* in centimetres; never 0 */
static sem_t fetched;

static void *fetch_tides(void *unused)
{
    for (int i = 0; i < TIDES; i++) {
        usleep(FETCH_US);        /* until the harbour answers */
        tides[i] = 150 + 20 * i; /* @site store */
    }
    CASE_CHECK(sem_post(&fetched));
    return unused;
}

static int show_tides(void)
{
    int unknown = 0;
    for (int i = 0; i < TIDES; i++) {
        int tide = tides[i]; /* @site show */
        unknown += tide == 0;
    }
    return unknown;
}

int main(void)
{
    pthread_t fetcher;
    CASE_CHECK(sem_init(&fetched, 0, 0));
    CASE_CHECK(pthread_create(&fetcher, NULL, fetch_tides, NULL));
    CASE_CHECK(sem_wait(&fetched)); /* the tides have come by now */
    int unknown = show_tides();
    CASE_CHECK(pthread_join(fetcher, NULL));
    CASE_CHECK(sem_destroy(&fetched));
    return case_end(unknown == 0, "%d of %d tides shown as unknown", unknown,
                    TIDES);
}
