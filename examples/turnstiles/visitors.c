/* Two counters of visitors, an exact and a cheap one.
 * SPDX-License-Identifier: MIT */
#include "visitors.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long count;
static long estimate;

void visitors_enter(void)
{
    pthread_mutex_lock(&lock);
    count++;
    pthread_mutex_unlock(&lock);
}

long visitors_count(void)
{
    pthread_mutex_lock(&lock);
    long now = count;
    pthread_mutex_unlock(&lock);
    return now;
}

void visitors_pass(void)
{
    estimate++;
}

long visitors_estimate(void)
{
    return estimate;
}
