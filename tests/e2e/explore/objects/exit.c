/* A thread ends the program while others run.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int x;

static void *thread0(void *unused)
{
    atomic_fetch_add(&x, 1);
    return unused;
}

static void *thread1(void *unused)
{
    if (atomic_load(&x))
        exit(0);
    return unused;
}

static void *thread2(void *unused)
{
    atomic_fetch_add(&x, 2);
    return unused;
}

int main(void)
{
    pthread_t ids[3];
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_create(&ids[2], NULL, thread2, NULL);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    pthread_join(ids[2], NULL);
    return 0;
}
