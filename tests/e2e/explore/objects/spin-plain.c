/* A thread spins on a plain word: a race, and a spin.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static int ready, seen;

static void *thread0(void *unused)
{
    while (!ready)
        ;
    seen = 1;
    return unused;
}

static void *thread1(void *unused)
{
    ready = 1;
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
