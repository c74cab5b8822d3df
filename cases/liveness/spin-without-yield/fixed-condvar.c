/* Two players of a board game take turns, on a computer with one processor.
 * SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "case.h"

#include <pthread.h>
#include <sched.h>

enum { PLAYERS = 2, MOVES = 10 }; /* of each player */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t passed = PTHREAD_COND_INITIALIZER;
int turn;
long looks; /* at whose turn it is */

static void await_turn(int me)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (turn != me) { /* @site spin */
        looks++;
        CASE_CHECK(pthread_cond_wait(&passed, &lock));
    }
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static int moves;

static void *play(void *number)
{
    int me = *(int *)number;
    for (int i = 0; i < moves; i++) {
        await_turn(me);
        CASE_CHECK(pthread_mutex_lock(&lock));
        turn = (me + 1) % PLAYERS; /* @site pass */
        CASE_CHECK(pthread_cond_broadcast(&passed));
        CASE_CHECK(pthread_mutex_unlock(&lock));
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
