/* Canary: an addition whose two halves are locked, each by itself. No race, and
 * a wrong sum in some schedules only: what tries schedules must find one.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int sum;

static int get(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    int value = sum; /* @site get */
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return value;
}

static void set(int value)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    sum = value; /* @site set */
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static void *add(void *unused)
{
    set(get() + 1);
    return unused;
}

int main(void)
{
    pthread_t a, b;
    CASE_CHECK(pthread_create(&a, NULL, add, NULL));
    CASE_CHECK(pthread_create(&b, NULL, add, NULL));
    CASE_CHECK(pthread_join(a, NULL));
    CASE_CHECK(pthread_join(b, NULL));
    return case_end(sum == 2, "the sum is %d", sum);
}
