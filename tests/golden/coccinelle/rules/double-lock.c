/* Taken again: here, in a callee, by a writer that reads; not after a release.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

struct box {
    pthread_mutex_t lock;
    int value;
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;

void twice(int again)
{
    pthread_mutex_lock(&lock); /* HIT */
    if (again)
        pthread_mutex_lock(&lock); /* HIT */
    pthread_mutex_unlock(&lock);
}

int get(struct box *b)
{
    pthread_mutex_lock(&b->lock); /* HIT */
    int value = b->value;
    pthread_mutex_unlock(&b->lock);
    return value;
}

int both(struct box *one, struct box *other)
{
    pthread_mutex_lock(&one->lock); /* HIT */
    int sum = get(one);
    pthread_mutex_unlock(&one->lock);
    pthread_mutex_lock(&one->lock);
    sum += get(other);
    pthread_mutex_unlock(&one->lock);
    return sum;
}

void upgrade(int wanted)
{
    pthread_rwlock_rdlock(&rw); /* HIT */
    pthread_rwlock_rdlock(&rw); /* HIT */
    if (wanted)
        pthread_rwlock_wrlock(&rw); /* HIT */
    pthread_rwlock_unlock(&rw);
}
