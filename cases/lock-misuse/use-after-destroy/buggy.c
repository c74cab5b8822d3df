/* Workers report to a log, which is closed when all results are there.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <unistd.h>

enum { WORKERS = 2, LINES = 2 /* of each worker */ };

static struct log {
    pthread_mutex_t lock;
    int lines;
} the_log;
static sem_t results;
static atomic_int lost;

/* A line that cannot be written must not stop the work. */
static void log_line(struct log *log)
{
    if (pthread_mutex_lock(&log->lock) != 0) { /* @site lock */
        lost++;
        return;
    }
    log->lines++;
    CASE_CHECK(pthread_mutex_unlock(&log->lock)); /* @site unlock */
}

static void log_open(struct log *log)
{
    CASE_CHECK(pthread_mutex_init(&log->lock, NULL));
}

static void log_close(struct log *log)
{
    CASE_CHECK(pthread_mutex_destroy(&log->lock)); /* @site destroy */
}

static void *work(void *arg)
{
    log_line(arg); /* "begun" */
    usleep(2000);
    CASE_CHECK(sem_post(&results) == 0 ? 0 : errno);
    usleep(10000); /* to put the tools away */
    log_line(arg); /* "ended" */
    return NULL;
}

int main(void)
{
    pthread_t workers[WORKERS];
    CASE_CHECK(sem_init(&results, 0, 0) == 0 ? 0 : errno);
    log_open(&the_log);
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_create(&workers[i], NULL, work, &the_log));
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(sem_wait(&results) == 0 ? 0 : errno);
    log_close(&the_log);
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_join(workers[i], NULL));
    CASE_CHECK(sem_destroy(&results) == 0 ? 0 : errno);
    return case_end(the_log.lines == WORKERS * LINES, "%d of %d lines, %d lost",
                    the_log.lines, WORKERS * LINES, lost);
}
