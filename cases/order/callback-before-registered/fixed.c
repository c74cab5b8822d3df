/* A packing station opens its scale and waits until the scale is ready.
 * Usage: PROGRAM [DISPLAYS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

typedef void handler(void);

static pthread_mutex_t scale_lock = PTHREAD_MUTEX_INITIALIZER;
static handler *on_ready;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t became_ready = PTHREAD_COND_INITIALIZER;
static bool ready;

static void *scale_listen(void *unused)
{
    CASE_CHECK(pthread_mutex_lock(&scale_lock)); /* it says: ready */
    handler *call = on_ready;
    CASE_CHECK(pthread_mutex_unlock(&scale_lock));
    if (call)
        call();
    return unused;
}

static void scale_open(pthread_t *listener)
{
    CASE_CHECK(pthread_create(listener, NULL, scale_listen, NULL));
}

static void scale_on_ready(handler *call)
{
    CASE_CHECK(pthread_mutex_lock(&scale_lock));
    on_ready = call;
    CASE_CHECK(pthread_mutex_unlock(&scale_lock));
}

static void set_ready(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    ready = true;
    CASE_CHECK(pthread_cond_signal(&became_ready));
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static void await_ready(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (!ready) {
        CASE_CHECK(pthread_cond_wait(&became_ready, &lock)); /* @site wait */
    }
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

int main(int argc, char **argv)
{
    pthread_t listener;
    long displays = case_arg(argc, argv, 1, 10, 0, 100);
    scale_on_ready(set_ready);
    scale_open(&listener);
    for (long i = 0; i < displays; i++)
        usleep(3000); /* a display is set up */
    await_ready();
    CASE_CHECK(pthread_join(listener, NULL));
    return case_end(ready, "the scale is ready");
}
