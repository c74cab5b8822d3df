/* Painters paint the boards of a fence, each the board of its own number.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

enum { BOARDS = 8 };

static atomic_int coats[BOARDS + 1]; /* the last is the gate's */

static void *paint(void *arg)
{
    intptr_t board = (intptr_t)arg;
    atomic_fetch_add_explicit(&coats[board], 1, memory_order_relaxed);
    return NULL;
}

int main(void)
{
    pthread_t painters[BOARDS];
    int wrong = 0;
    for (intptr_t board = 0; board < BOARDS; board++) { /* @site next */
        CASE_CHECK(
            pthread_create(&painters[board], NULL, paint, (void *)board));
    }
    for (int i = 0; i < BOARDS; i++)
        CASE_CHECK(pthread_join(painters[i], NULL));
    for (int i = 0; i < BOARDS; i++)
        wrong += coats[i] != 1;
    return case_end(wrong == 0, "%d of %d boards without just one coat", wrong,
                    BOARDS);
}
