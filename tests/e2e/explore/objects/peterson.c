/* Peterson's algorithm, right under sequential consistency: each spins on two
 * words that the other writes.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int wants[2], last;
static int inside;

static void enter(int me)
{
    atomic_store(&wants[me], 1);
    atomic_store(&last, me);
    while (atomic_load(&wants[!me]) && atomic_load(&last) == me)
        ;
    inside++;
    atomic_store(&wants[me], 0);
}

static void *thread0(void *unused)
{
    enter(0);
    return unused;
}

static void *thread1(void *unused)
{
    enter(1);
    return unused;
}

int main(void)
{
    pthread_t ids[2];
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    return inside != 2;
}
