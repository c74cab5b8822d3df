/* The players of a quartet play bar by bar and meet at each bar line.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { PLAYERS = 4, BARS = 12 };

static pthread_barrier_t bar_line;

static struct player {
    int bars; /* of the part */
    int played;
} quartet[PLAYERS] = {
    {.bars = BARS}, {.bars = 8}, {.bars = BARS}, {.bars = 10}};

static void meet(void)
{
    int last = pthread_barrier_wait(&bar_line); /* @site meet */
    CASE_CHECK(last == PTHREAD_BARRIER_SERIAL_THREAD ? 0 : last);
}

static void *play(void *arg)
{
    struct player *p = arg;
    for (int bar = 0; bar < BARS; bar++) { /* @site bars */
        p->played += bar < p->bars;        /* or a rest */
        meet();
    }
    return NULL;
}

int main(void)
{
    pthread_t ids[PLAYERS];
    int missed = 0;
    CASE_CHECK(pthread_barrier_init(&bar_line, NULL, PLAYERS));
    for (int i = 0; i < PLAYERS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, play, &quartet[i]));
    for (int i = 0; i < PLAYERS; i++) {
        CASE_CHECK(pthread_join(ids[i], NULL));
        missed += quartet[i].bars - quartet[i].played;
    }
    CASE_CHECK(pthread_barrier_destroy(&bar_line));
    return case_end(missed == 0, "%d bars missed", missed);
}
