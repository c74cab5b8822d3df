/* Asked in one section, done in another; then in one.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock;
static int taken[4], count;

static int is_free(int n)
{
    pthread_mutex_lock(&lock);
    int free = !taken[n]; /* HIT */
    pthread_mutex_unlock(&lock);
    return free;
}

static void take(int n)
{
    pthread_mutex_lock(&lock);
    taken[n] = 1; /* HIT */
    pthread_mutex_unlock(&lock);
}

static int get(void)
{
    pthread_mutex_lock(&lock);
    int now = count; /* HIT */
    pthread_mutex_unlock(&lock);
    return now;
}

static void put(int n)
{
    pthread_mutex_lock(&lock);
    count = n; /* HIT */
    pthread_mutex_unlock(&lock);
}

void wrong(int n)
{
    if (is_free(n))
        take(n);
    int now = get();
    now++;
    put(now);
}

static int try_take(int n)
{
    pthread_mutex_lock(&lock);
    int free = !taken[n];
    taken[n] = 1;
    pthread_mutex_unlock(&lock);
    return free;
}

void right(int n)
{
    if (try_take(n))
        put(0);
}
