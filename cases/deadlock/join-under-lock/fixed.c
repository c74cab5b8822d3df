/* A worker counts the jobs it has done, until it is stopped and joined.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

static struct service {
    pthread_mutex_t lock;
    pthread_t worker;
    bool stopping;
    long begun, done;
} service = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool job_begin(struct service *s)
{
    CASE_CHECK(pthread_mutex_lock(&s->lock)); /* @site begin */
    bool wanted = !s->stopping;
    s->begun += wanted;
    CASE_CHECK(pthread_mutex_unlock(&s->lock));
    return wanted;
}

static void *work(void *arg)
{
    struct service *s = arg;
    while (job_begin(s)) {
        usleep(500);                              /* does the job */
        CASE_CHECK(pthread_mutex_lock(&s->lock)); /* @site end */
        s->done++;
        CASE_CHECK(pthread_mutex_unlock(&s->lock));
    }
    return NULL;
}

static void service_start(struct service *s)
{
    CASE_CHECK(pthread_create(&s->worker, NULL, work, s));
}

static void service_stop(struct service *s)
{
    CASE_CHECK(pthread_mutex_lock(&s->lock)); /* @site stop */
    s->stopping = true;
    CASE_CHECK(pthread_mutex_unlock(&s->lock));
    CASE_CHECK(pthread_join(s->worker, NULL)); /* @site join */
}

int main(void)
{
    service_start(&service);
    usleep(5000); /* serves for a while */
    service_stop(&service);
    CASE_CHECK(pthread_mutex_destroy(&service.lock));
    return case_end(service.begun == service.done, "%ld jobs begun, %ld done",
                    service.begun, service.done);
}
