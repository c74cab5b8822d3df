/* Players gather at the start of a race; one of them cannot come.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { PLAYERS = 3, COMING = 2 };

static pthread_barrier_t start;

struct player {
    pthread_t thread;
    int delay; /* until the player is ready, in microseconds */
};

static void *play(void *arg)
{
    struct player *p = arg;
    usleep((useconds_t)p->delay);
    int r = pthread_barrier_wait(&start); /* @site wait */
    CASE_CHECK(r == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : r);
    return NULL;
}

/* The host is told that a player cannot come. */
static void start_without_one(void)
{
    int r = pthread_barrier_wait(&start); /* @site absent */
    CASE_CHECK(r == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : r);
}

int main(void)
{
    struct player players[COMING] = {{.delay = 0}, {.delay = 20000}};
    CASE_CHECK(pthread_barrier_init(&start, NULL, PLAYERS));
    for (int i = 0; i < COMING; i++)
        CASE_CHECK(pthread_create(&players[i].thread, NULL, play, &players[i]));
    usleep(5000); /* until the third player calls */
    start_without_one();
    for (int i = 0; i < COMING; i++)
        CASE_CHECK(pthread_join(players[i].thread, NULL));
    CASE_CHECK(pthread_barrier_destroy(&start));
    return case_end(true, "%d players have started", COMING);
}
