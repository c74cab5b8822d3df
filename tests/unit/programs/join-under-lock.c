/* Joins a thread while it holds the lock which that thread needs to end.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *arg)
{
    pthread_mutex_lock(&lock); /* @site needs */
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_mutex_lock(&lock); /* @site holds */
    pthread_t t = start(worker);
    pthread_join(t, NULL); /* @site join */
    pthread_mutex_unlock(&lock);
    return 0;
}
