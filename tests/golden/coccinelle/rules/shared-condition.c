/* One condition, a lock in each object; then one in each.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

struct desk {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    int items;
};
static pthread_cond_t delivery;

void wrong(struct desk *d)
{
    pthread_mutex_lock(&d->lock);
    while (!d->items)
        pthread_cond_wait(&delivery, &d->lock); /* HIT */
    pthread_mutex_unlock(&d->lock);
}

void right(struct desk *d)
{
    pthread_mutex_lock(&d->lock);
    while (!d->items)
        pthread_cond_wait(&d->filled, &d->lock);
    pthread_mutex_unlock(&d->lock);
}
