/* A path to the release that passes the lock by; not one that lends it.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int count;

int look(int wanted)
{
    int found = 0;
    if (!wanted)
        goto out;
    pthread_mutex_lock(&lock);
    found = count;
out:
    pthread_mutex_unlock(&lock); /* HIT */
    return found;
}

int right(int wanted)
{
    if (!wanted)
        return 0;
    pthread_mutex_lock(&lock);
    int found = count;
    pthread_mutex_unlock(&lock);
    return found;
}

void lend(void)
{
    pthread_mutex_unlock(&lock);
    count++;
    pthread_mutex_lock(&lock);
}
