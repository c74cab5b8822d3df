/* Takes a mutex twice.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void inner(void)
{
    pthread_mutex_lock(&lock); /* @site again */
    pthread_mutex_unlock(&lock);
}

int main(void)
{
    pthread_mutex_lock(&lock); /* @site first */
    inner();
    pthread_mutex_unlock(&lock);
    return 0;
}
