/* Golden reports: a mutex unlocked by a stranger, unlocked when free,
 * destroyed while locked, and used after that.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t foreign = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t idle = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t doomed;
static pthread_mutex_t gone;

static void *stranger(void *arg)
{
    pthread_mutex_unlock(&foreign);
    return arg;
}

int main(void)
{
    pthread_t t;
    pthread_mutex_lock(&foreign);
    pthread_create(&t, NULL, stranger, NULL);
    pthread_join(t, NULL);
    pthread_mutex_unlock(&idle);
    pthread_mutex_init(&doomed, NULL);
    pthread_mutex_lock(&doomed);
    pthread_mutex_destroy(&doomed);
    pthread_mutex_init(&gone, NULL);
    pthread_mutex_destroy(&gone);
    pthread_mutex_lock(&gone);
    return 0;
}
