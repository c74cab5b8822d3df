/* Clerks share a printer; the operator cancels the job that is being printed.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

enum { COPIES = 2, SHEETS = 5 }; /* of each job, of each copy */

struct job {
    char clerk; /* printed on every sheet */
    sem_t begun, cancelled;
};

static pthread_mutex_t printer = PTHREAD_MUTEX_INITIALIZER;
static int tray[2]; /* a pipe of what was printed */

static void print_sheet(const struct job *job)
{
    usleep(3000); /* until it is in the tray */
    CASE_CHECK(write(tray[1], &job->clerk, 1) == 1 ? 0 : EIO);
}

static void *print(void *arg)
{
    struct job *job = arg;
    CASE_CHECK(pthread_mutex_lock(&printer));
    CASE_CHECK(sem_post(&job->begun));
    for (int copy = 0; copy < COPIES; copy++) {
        for (int sheet = 0; sheet < SHEETS; sheet++)
            print_sheet(job);
        if (sem_trywait(&job->cancelled) == 0)
            break;
    }
    CASE_CHECK(pthread_mutex_unlock(&printer)); /* @site unlock */
    return NULL;
}

static void start(struct job *job, char clerk, pthread_t *thread)
{
    job->clerk = clerk;
    CASE_CHECK(sem_init(&job->begun, 0, 0));
    CASE_CHECK(sem_init(&job->cancelled, 0, 0));
    CASE_CHECK(pthread_create(thread, NULL, print, job));
}

static void cancel(struct job *job)
{
    CASE_CHECK(sem_post(&job->cancelled));
    CASE_CHECK(pthread_mutex_unlock(&printer)); /* @site cancel */
}

int main(void)
{
    struct job jobs[2];
    pthread_t threads[2];
    char sheets[32] = "";
    CASE_CHECK(pipe(tray));
    start(&jobs[0], 'A', &threads[0]);
    CASE_CHECK(sem_wait(&jobs[0].begun));
    start(&jobs[1], 'B', &threads[1]);
    cancel(&jobs[0]);
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_join(threads[i], NULL));
    CASE_CHECK(read(tray[0], sheets, sizeof sheets - 1) > 0 ? 0 : EIO);
    return case_end(!strstr(sheets, "BA"), "the tray holds %s", sheets);
}
