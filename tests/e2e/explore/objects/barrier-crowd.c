/* Four threads at a barrier for two.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

static pthread_barrier_t b;

static void *thread0(void *unused)
{
    pthread_barrier_wait(&b);
    return unused;
}

static void *thread1(void *unused)
{
    pthread_barrier_wait(&b);
    return unused;
}

static void *thread2(void *unused)
{
    pthread_barrier_wait(&b);
    return unused;
}

static void *thread3(void *unused)
{
    pthread_barrier_wait(&b);
    return unused;
}

int main(void)
{
    pthread_t ids[4];
    pthread_barrier_init(&b, NULL, 2);
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_create(&ids[2], NULL, thread2, NULL);
    pthread_create(&ids[3], NULL, thread3, NULL);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    pthread_join(ids[2], NULL);
    pthread_join(ids[3], NULL);
    return 0;
}
