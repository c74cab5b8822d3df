/* Released twice: here, and after a callee did; not on two branches.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void twice(int early)
{
    pthread_mutex_lock(&lock);
    if (early)
        pthread_mutex_unlock(&lock); /* HIT */
    pthread_mutex_unlock(&lock);     /* HIT */
}

static void turn_back(void)
{
    pthread_mutex_unlock(&lock); /* HIT */
}

void cross(int heavy)
{
    pthread_mutex_lock(&lock);
    if (heavy)
        turn_back();
    pthread_mutex_unlock(&lock); /* HIT */
}

void right(int early)
{
    pthread_mutex_lock(&lock);
    if (early) {
        pthread_mutex_unlock(&lock);
        return;
    }
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
}
