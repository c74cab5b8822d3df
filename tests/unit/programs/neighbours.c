/* One thread takes more locks than there is room for in its record; that of
 * the next thread must not suffer.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t locks[60];
static pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
static sem_t taken, go;

static void *neighbour(void *arg)
{
    pthread_mutex_lock(&own); /* @site first */
    sem_post(&taken);
    sem_wait(&go);
    pthread_mutex_lock(&own); /* @site again */
    return arg;
}

int main(void)
{
    sem_init(&taken, 0, 0);
    sem_init(&go, 0, 0);
    pthread_mutex_lock(&locks[0]);
    pthread_t t = start(neighbour);
    sem_wait(&taken);
    for (int i = 1; i < 60; i++)
        pthread_mutex_lock(&locks[i]);
    sem_post(&go);
    pthread_join(t, NULL);
    return 0;
}
