/* The lock of a thread that may still run; then of one that ended.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t mine, yours;

static void *work(void *unused)
{
    return unused;
}

static void close_log(pthread_mutex_t *m)
{
    pthread_mutex_destroy(m); /* HIT */
}

void wrong(void)
{
    pthread_t id;
    pthread_create(&id, NULL, work, &mine);
    close_log(&mine);
    pthread_join(id, NULL);
}

void right(void)
{
    pthread_t id;
    pthread_create(&id, NULL, work, &yours);
    pthread_join(id, NULL);
    pthread_mutex_destroy(&yours);
}
