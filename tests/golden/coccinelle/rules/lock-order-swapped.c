/* Two parameters, passed in either order.
 * Rule: lock-order
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

struct folder {
    pthread_mutex_t lock;
    int mails;
};
static struct folder inbox, archive;

static void move(struct folder *from, struct folder *to)
{
    pthread_mutex_lock(&from->lock); /* HIT */
    pthread_mutex_lock(&to->lock);   /* HIT */
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
}

static void copy(struct folder *from, struct folder *to)
{
    pthread_mutex_lock(&from->lock);
    pthread_mutex_lock(&to->lock);
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
}

void both(void)
{
    move(&inbox, &archive);
    move(&archive, &inbox);
    copy(&inbox, &archive);
}
