/* Threads create threads.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int x;

static void *child(void *unused)
{
    atomic_fetch_add(&x, 1);
    return unused;
}

static void *thread0(void *unused)
{
    pthread_t id;
    pthread_create(&id, NULL, child, NULL);
    atomic_load(&x);
    pthread_join(id, NULL);
    return unused;
}

static void *thread1(void *unused)
{
    pthread_t id;
    pthread_create(&id, NULL, child, NULL);
    atomic_load(&x);
    pthread_join(id, NULL);
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
