/* A thread spins until another has written.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int ready;
static int x;

static void *thread0(void *unused)
{
    while (!atomic_load(&ready))
        sched_yield();
    x++;
    return unused;
}

static void *thread1(void *unused)
{
    x = 1;
    atomic_store(&ready, 1);
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
