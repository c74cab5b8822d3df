/* Three philosophers each take the left fork, then the right.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t forks[3] = {
    PTHREAD_MUTEX_INITIALIZER,
    PTHREAD_MUTEX_INITIALIZER,
    PTHREAD_MUTEX_INITIALIZER,
};
static pthread_barrier_t seated;

static void *philosopher(void *arg)
{
    long seat = (long)arg;
    pthread_mutex_lock(&forks[seat]); /* @site left */
    pthread_barrier_wait(&seated);
    pthread_mutex_lock(&forks[(seat + 1) % 3]); /* @site right */
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    pthread_barrier_init(&seated, NULL, 3);
    for (long i = 0; i < 3; i++)
        if (pthread_create(&t[i], NULL, philosopher, (void *)i) != 0)
            return 2;
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}
