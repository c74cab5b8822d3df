/* Painters paint the boards of a fence, each the board of its own number.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>

enum { BOARDS = 8 };

static atomic_int coats[BOARDS + 1]; /* the last is the gate's */

static void *paint(void *arg)
{
    int board = *(const int *)arg; /* @site read */
    atomic_fetch_add_explicit(&coats[board], 1, memory_order_relaxed);
    return NULL;
}

int main(void)
{
    pthread_t painters[BOARDS];
    int numbers[BOARDS], board, wrong = 0;
    for (board = 0; board < BOARDS; board++) { /* @site next */
        numbers[board] = board;
        CASE_CHECK(
            pthread_create(&painters[board], NULL, paint, &numbers[board]));
    }
    for (int i = 0; i < BOARDS; i++)
        CASE_CHECK(pthread_join(painters[i], NULL));
    for (int i = 0; i < BOARDS; i++)
        wrong += coats[i] != 1;
    return case_end(wrong == 0, "%d of %d boards without just one coat", wrong,
                    BOARDS);
}
