/* The lock goes with the block; not after its release.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

struct room {
    pthread_mutex_t lock;
};

void wrong(struct room *r)
{
    pthread_mutex_lock(&r->lock); /* HIT */
    free(r);                      /* HIT */
}

void right(struct room *r, void *other)
{
    pthread_mutex_lock(&r->lock);
    free(other);
    pthread_mutex_unlock(&r->lock);
    free(r);
}
