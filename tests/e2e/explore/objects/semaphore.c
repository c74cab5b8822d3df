/* Three threads share two permits.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static sem_t s;

static void *thread0(void *unused)
{
    sem_wait(&s);
    sem_post(&s);
    return unused;
}

static void *thread1(void *unused)
{
    sem_wait(&s);
    sem_post(&s);
    return unused;
}

static void *thread2(void *unused)
{
    sem_wait(&s);
    sem_post(&s);
    return unused;
}

int main(void)
{
    pthread_t ids[3];
    sem_init(&s, 0, 2);
    pthread_create(&ids[0], NULL, thread0, NULL);
    pthread_create(&ids[1], NULL, thread1, NULL);
    pthread_create(&ids[2], NULL, thread2, NULL);
    pthread_join(ids[0], NULL);
    pthread_join(ids[1], NULL);
    pthread_join(ids[2], NULL);
    return 0;
}
