/* Two threads poll for tickets, and a third gives one to each.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int tickets, taken;

static int take(void)
{
    int got = 0;
    pthread_mutex_lock(&lock);
    if (tickets > 0) {
        tickets--;
        got = ++taken;
    }
    pthread_mutex_unlock(&lock);
    return got;
}

static void *poll(void *unused)
{
    while (take() == 0)
        ;
    return unused;
}

int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, poll, NULL);
    pthread_create(&b, NULL, poll, NULL);
    pthread_mutex_lock(&lock);
    tickets = 2;
    pthread_mutex_unlock(&lock);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return taken != 2;
}
