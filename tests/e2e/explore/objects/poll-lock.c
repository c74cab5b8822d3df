/* A thread polls under a lock until another says that it is done.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool done;
static int seen;

static void *poll(void *unused)
{
    for (;;) {
        pthread_mutex_lock(&lock);
        if (done)
            break;
        pthread_mutex_unlock(&lock);
    }
    seen++;
    pthread_mutex_unlock(&lock);
    return unused;
}

int main(void)
{
    pthread_t a;
    pthread_create(&a, NULL, poll, NULL);
    pthread_mutex_lock(&lock);
    done = true;
    pthread_mutex_unlock(&lock);
    pthread_join(a, NULL);
    return seen != 1;
}
