/* Canary: a thread locks a mutex twice and hangs. What recognises hangs must
 * tell, at both locks.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *lock_twice(void *unused)
{
    CASE_CHECK(pthread_mutex_lock(&lock)); /* @site outer */
    CASE_CHECK(pthread_mutex_lock(&lock)); /* @site inner */
    return unused;
}

int main(void)
{
    pthread_t thread;
    CASE_CHECK(pthread_create(&thread, NULL, lock_twice, NULL));
    CASE_CHECK(pthread_join(thread, NULL));
    return case_end(false, "the mutex was locked twice");
}
