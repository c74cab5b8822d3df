/* A thread polls under two locks, with a nap in between.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER,
                       inner = PTHREAD_MUTEX_INITIALIZER;
static int tickets;

static int look(void)
{
    pthread_mutex_lock(&outer);
    pthread_mutex_lock(&inner);
    int there = tickets > 0;
    pthread_mutex_unlock(&inner);
    pthread_mutex_unlock(&outer);
    return there;
}

static void *poll(void *unused)
{
    while (!look())
        usleep(100);
    return unused;
}

int main(void)
{
    pthread_t a;
    pthread_create(&a, NULL, poll, NULL);
    pthread_mutex_lock(&inner);
    tickets = 1;
    pthread_mutex_unlock(&inner);
    pthread_join(a, NULL);
    return tickets != 1;
}
