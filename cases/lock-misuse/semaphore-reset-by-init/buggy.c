/* A lift brings skiers up in rounds; tickets let them in.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

enum { SKIERS = 2, SEATS = 2 /* of each round */, ROUNDS = 3 };

static sem_t tickets;

static void *ski(void *unused)
{
    CASE_CHECK(sem_wait(&tickets) == 0 ? 0 : errno); /* @site wait */
    usleep(1000);                                    /* up the hill */
    return unused;
}

static void give_out(int count)
{
    for (int i = 0; i < count; i++)
        CASE_CHECK(sem_post(&tickets) == 0 ? 0 : errno); /* @site post */
}

/* Tickets that nobody took are not valid in the next round. */
static void begin_round(void)
{
    CASE_CHECK(sem_init(&tickets, 0, 0) == 0 ? 0 : errno); /* @site reset */
    give_out(SEATS);
}

int main(void)
{
    pthread_t skiers[SKIERS];
    CASE_CHECK(sem_init(&tickets, 0, 0) == 0 ? 0 : errno);
    for (int i = 0; i < SKIERS; i++)
        CASE_CHECK(pthread_create(&skiers[i], NULL, ski, NULL));
    for (int i = 0; i < ROUNDS; i++) {
        usleep(8000); /* until the chairs are down again */
        begin_round();
    }
    for (int i = 0; i < SKIERS; i++)
        CASE_CHECK(pthread_join(skiers[i], NULL));
    CASE_CHECK(sem_destroy(&tickets) == 0 ? 0 : errno);
    return case_end(true, "%d skiers went up in %d rounds", SKIERS, ROUNDS);
}
