/* Locks taken by one thread and given back by another, more than there is room
 * for in a record; then one taken twice.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t locks[60];

static void *give_back(void *arg)
{
    for (int i = 0; i < 60; i++)
        pthread_mutex_unlock(&locks[i]);
    return arg;
}

int main(void)
{
    for (int i = 0; i < 60; i++)
        pthread_mutex_lock(&locks[i]);
    pthread_join(start(give_back), NULL);
    pthread_mutex_lock(&locks[59]); /* @site first */
    pthread_mutex_lock(&locks[59]); /* @site again */
    return 0;
}
