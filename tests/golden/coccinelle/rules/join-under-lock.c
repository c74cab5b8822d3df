/* The lock that the thread takes; not one that it does not.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock, other;

static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    return unused;
}

void stop(pthread_t id)
{
    pthread_mutex_lock(&lock); /* HIT */
    pthread_join(id, 0);       /* HIT */
    pthread_mutex_unlock(&lock);
}

void right(void)
{
    pthread_t id;
    pthread_create(&id, 0, work, 0);
    pthread_mutex_lock(&other);
    pthread_join(id, 0);
    pthread_mutex_unlock(&other);
}
