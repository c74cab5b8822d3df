/* A write under a read lock, here and in a callee; then a copy.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_rwlock_t lock;
static int length;

static void clear(void)
{
    length = 0; /* HIT */
}

void wrong(void)
{
    pthread_rwlock_rdlock(&lock);
    length++; /* HIT */
    clear();
    pthread_rwlock_unlock(&lock);
}

int right(void)
{
    pthread_rwlock_rdlock(&lock);
    int n = length;
    n++;
    pthread_rwlock_unlock(&lock);
    pthread_rwlock_wrlock(&lock);
    length = n;
    pthread_rwlock_unlock(&lock);
    return n;
}
