/* Holds more locks than a recorder may have room for, then takes one of them
 * again: number WHICH.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t locks[60];

int main(void)
{
    for (int i = 0; i < 60; i++) {
        pthread_mutex_init(&locks[i], NULL);
        pthread_mutex_lock(&locks[i]); /* @site first */
    }
    pthread_mutex_lock(&locks[WHICH]); /* @site again */
    return 0;
}
