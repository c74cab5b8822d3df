/* Two players of a board game take turns, on a computer with one processor.
 * SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "case.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { PLAYERS = 2, MOVES = 10 }; /* of each player */

atomic_int turn;
atomic_long looks; /* at whose turn it is */

static void await_turn(int me)
{
    while (atomic_load(&turn) != me) { /* @site spin */
        looks++;
    }
}

static int moves;

static void *play(void *number)
{
    int me = *(int *)number;
    for (int i = 0; i < moves; i++) {
        await_turn(me);
        atomic_store(&turn, (me + 1) % PLAYERS); /* @site pass */
    }
    return NULL;
}

static void use_one_processor(void)
{
    cpu_set_t all, one;
    int cpu = 0;
    CASE_CHECK(sched_getaffinity(0, sizeof all, &all));
    while (!CPU_ISSET(cpu, &all))
        cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    CASE_CHECK(sched_setaffinity(0, sizeof one, &one));
}

int main(int argc, char **argv)
{
    pthread_t threads[PLAYERS];
    int numbers[PLAYERS];
    moves = (int)case_arg(argc, argv, 1, MOVES, 1, MOVES);
    use_one_processor();
    for (int i = 0; i < PLAYERS; i++) {
        numbers[i] = i;
        CASE_CHECK(pthread_create(&threads[i], NULL, play, &numbers[i]));
    }
    for (int i = 0; i < PLAYERS; i++)
        CASE_CHECK(pthread_join(threads[i], NULL));
    return case_end(looks < 1000, "%ld looks for %d moves", looks,
                    PLAYERS * moves);
}
