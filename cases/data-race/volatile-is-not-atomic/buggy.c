/* Turnstiles count who is in the stadium: in at the north, out at the south.
 * Usage: PROGRAM [VISITORS through each turnstile]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { TURNSTILES = 4, MOST = 10000000 };

volatile long inside;
static long visitors;

static void *let_in(void *unused)
{
    for (long i = 0; i < visitors; i++) {
        inside++; /* @site in */
    }
    return unused;
}

static void *let_out(void *unused)
{
    for (long i = 0; i < visitors; i++) {
        inside--; /* @site out */
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t turnstiles[TURNSTILES];
    visitors = case_arg(argc, argv, 1, 3000000, 1, MOST);
    for (int i = 0; i < TURNSTILES; i++)
        CASE_CHECK(pthread_create(&turnstiles[i], NULL,
                                  i % 2 == 0 ? let_in : let_out, NULL));
    for (int i = 0; i < TURNSTILES; i++)
        CASE_CHECK(pthread_join(turnstiles[i], NULL));
    return case_end(inside == 0, "%ld visitors are inside the empty stadium",
                    (long)inside);
}
