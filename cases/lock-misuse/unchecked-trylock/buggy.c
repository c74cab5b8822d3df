/* The gates of a stadium count visitors, and keep nobody waiting.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { GATES = 3, VISITORS = 40 /* through each gate */ };

static int expected;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
int visitors; /* in the stadium, as the board shows */

static void board_add(int more)
{
    int now = visitors + more; /* @site read */
    usleep(100);               /* until the board has turned its digits */
    visitors = now;            /* @site write */
}

static void *gate(void *unused)
{
    for (int i = 0; i < expected; i++) {
        usleep(50); /* until the next one has shown a ticket */
        pthread_mutex_trylock(&lock); /* @site try */
        board_add(1);
        CASE_CHECK(pthread_mutex_unlock(&lock)); /* @site unlock */
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t gates[GATES];
    expected = (int)case_arg(argc, argv, 1, VISITORS, 1, VISITORS);
    for (int i = 0; i < GATES; i++)
        CASE_CHECK(pthread_create(&gates[i], NULL, gate, NULL));
    for (int i = 0; i < GATES; i++)
        CASE_CHECK(pthread_join(gates[i], NULL));
    return case_end(visitors == GATES * expected, "the board shows %d of %d",
                    visitors, GATES * expected);
}
