/* Nobody asks; then somebody does.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void wrong(void)
{
    pthread_mutex_trylock(&lock);       /* HIT */
    (void)pthread_mutex_trylock(&lock); /* HIT */
}

int right(void)
{
    if (pthread_mutex_trylock(&lock) == 0)
        return 1;
    int busy = pthread_mutex_trylock(&lock);
    return busy == 0;
}
