/* Canary: the same two threads under a mutex. A detector must say nothing.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int shared;

static void *early(void *unused)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    shared = 1; /* @site early */
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return unused;
}

static void *late(void *unused)
{
    usleep(20000); /* orders nothing, but keeps the two writes apart */
    CASE_CHECK(pthread_mutex_lock(&lock));
    shared = 2; /* @site late */
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return unused;
}

int main(void)
{
    pthread_t a, b;
    CASE_CHECK(pthread_create(&a, NULL, late, NULL));
    CASE_CHECK(pthread_create(&b, NULL, early, NULL));
    CASE_CHECK(pthread_join(a, NULL));
    CASE_CHECK(pthread_join(b, NULL));
    return case_end(shared != 0, "written");
}
