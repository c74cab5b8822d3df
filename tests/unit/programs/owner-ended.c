/* A thread leaves without giving its lock back.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *leaver(void *arg)
{
    pthread_mutex_lock(&lock); /* @site leaves */
    return arg;
}

int main(void)
{
    pthread_join(start(leaver), NULL);
    pthread_mutex_lock(&lock); /* @site waits */
    pthread_mutex_unlock(&lock);
    return 0;
}
