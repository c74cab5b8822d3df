/* A way out with the lock held; not one before it, nor a failed lock.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int refuse(int n)
{
    pthread_mutex_lock(&lock); /* HIT */
    if (n < 0)
        return -1; /* HIT */
    pthread_mutex_unlock(&lock);
    return n;
}

void give_up(int n)
{
    pthread_mutex_lock(&lock); /* HIT */
    if (n < 0)
        pthread_exit(0); /* HIT */
    pthread_mutex_unlock(&lock);
}

int right(int n)
{
    if (n == 0)
        return 0;
    if (pthread_mutex_lock(&lock) != 0)
        return -1;
    if (n < 0) {
        pthread_mutex_unlock(&lock);
        return -1;
    }
    pthread_mutex_unlock(&lock);
    return n;
}

void take(void)
{
    pthread_mutex_lock(&lock);
}
