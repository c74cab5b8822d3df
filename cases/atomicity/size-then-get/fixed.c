/* Workers empty a queue of jobs, and go home when there are none left.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

enum { WORKERS = 4, JOBS = 5 };

static struct queue {
    sem_t filled; /* as many as there are jobs */
    pthread_mutex_t lock;
    int next, jobs[JOBS];
} queue = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* Whether there was a next job; waits for none. */
static bool get(int *job)
{
    if (sem_trywait(&queue.filled)) { /* @site get */
        CASE_CHECK(errno == EAGAIN ? 0 : errno);
        return false;
    }
    CASE_CHECK(pthread_mutex_lock(&queue.lock));
    *job = queue.jobs[queue.next++];
    CASE_CHECK(pthread_mutex_unlock(&queue.lock));
    return true;
}

static void *work(void *sum)
{
    int job = 0;
    while (get(&job)) { /* @site look */
        usleep(10000);  /* puts its tools in order */
        *(int *)sum += job;
        usleep(200); /* the job takes a while */
    }
    return NULL;
}

int main(void)
{
    pthread_t workers[WORKERS];
    int sums[WORKERS] = {0}, sum = 0;
    CASE_CHECK(sem_init(&queue.filled, 0, 0));
    for (int i = 0; i < JOBS; i++) {
        queue.jobs[i] = i + 1;
        CASE_CHECK(sem_post(&queue.filled));
    }
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_create(&workers[i], NULL, work, &sums[i]));
    for (int i = 0; i < WORKERS; i++) {
        CASE_CHECK(pthread_join(workers[i], NULL)); /* @site join */
        sum += sums[i];
    }
    CASE_CHECK(sem_destroy(&queue.filled));
    return case_end(sum == JOBS * (JOBS + 1) / 2, "all jobs make %d", sum);
}
