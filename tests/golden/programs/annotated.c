/* Golden reports: the runtime told of a mutex held by two threads, and of one
 * both read and written.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

extern void __tsan_mutex_create(void *m, unsigned flags);
extern void __tsan_mutex_pre_lock(void *m, unsigned flags);
extern void __tsan_mutex_post_lock(void *m, unsigned flags, int recursion);
extern int __tsan_mutex_pre_unlock(void *m, unsigned flags);
extern void __tsan_mutex_post_unlock(void *m, unsigned flags);

enum { READ = 1 << 3 };

static int lock, shared;

static void take(int *m, unsigned flags)
{
    __tsan_mutex_pre_lock(m, flags);
    __tsan_mutex_post_lock(m, flags, 1);
}

static void drop(int *m, unsigned flags)
{
    __tsan_mutex_pre_unlock(m, flags);
    __tsan_mutex_post_unlock(m, flags);
}

static void *intrude(void *arg)
{
    take(&lock, 0);
    return arg;
}

int main(void)
{
    pthread_t t;
    __tsan_mutex_create(&lock, 0);
    take(&lock, 0);
    pthread_create(&t, NULL, intrude, NULL);
    pthread_join(t, NULL);
    drop(&lock, 0);
    __tsan_mutex_create(&shared, 0);
    take(&shared, 0);
    take(&shared, READ);
    drop(&shared, READ);
    drop(&shared, 0);
    return 0;
}
