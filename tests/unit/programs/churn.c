/* Many threads come and go, one after the other and eight at a time, before
 * one deadlocks with itself. Checks on the way that locks still work and that
 * errno stays as it was.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t shared = PTHREAD_RWLOCK_INITIALIZER;
static long total;

static void *visit(void *arg)
{
    errno = EDOM;
    for (int i = 0; i < 20; i++) {
        pthread_rwlock_rdlock(&shared);
        pthread_mutex_lock(&lock);
        total++;
        pthread_mutex_unlock(&lock);
        pthread_rwlock_unlock(&shared);
    }
    return errno == EDOM ? arg : &total;
}

static void *stay(void *arg)
{
    pthread_mutex_lock(&lock); /* @site first */
    pthread_mutex_lock(&lock); /* @site again */
    return arg;
}

int main(void)
{
    for (int i = 0; i < 400; i++) {
        pthread_t t[8];
        void *spoiled = NULL;
        for (int k = 0; k < 8; k++)
            t[k] = start(visit);
        for (int k = 0; k < 8; k++)
            if (pthread_join(t[k], &spoiled) != 0 || spoiled)
                return 2;
    }
    if (total != 400 * 8 * 20 || pthread_rwlock_trywrlock(&shared) != 0)
        return 1;
    pthread_join(start(stay), NULL);
    return 0;
}
