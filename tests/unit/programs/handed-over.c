/* A lock taken by one thread and given back by another, then taken twice.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *give_back(void *arg)
{
    pthread_mutex_unlock(&lock);
    return arg;
}

int main(void)
{
    pthread_mutex_lock(&lock);
    pthread_join(start(give_back), NULL);
    pthread_mutex_lock(&lock); /* @site first */
    pthread_mutex_lock(&lock); /* @site again */
    return 0;
}
