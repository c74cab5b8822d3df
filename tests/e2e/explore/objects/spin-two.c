/* Two spin on each other in turn.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int turn;

static void *thread0(void *unused)
{
    while (atomic_load(&turn) != 0)
        ;
    atomic_store(&turn, 1);
    while (atomic_load(&turn) != 0)
        ;
    return unused;
}

static void *thread1(void *unused)
{
    while (atomic_load(&turn) != 1)
        ;
    atomic_store(&turn, 0);
    return unused;
}

int main(void)
{
    pthread_t ids[2];
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    return 0;
}
