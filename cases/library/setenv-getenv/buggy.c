/* A launcher describes its jobs in their environment, and a monitor looks up
 * there how many may run at once. Usage: PROGRAM [JOBS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>

enum { JOBS = 5000 };

static long jobs;
static atomic_bool over; /* all jobs are */
static long lookups, unknown;

static void set_job(long job, const char *state)
{
    char name[32];
    snprintf(name, sizeof name, "JOB_%ld", job);
    CASE_CHECK(setenv(name, state, 1)); /* @site set */
}

static void forget_job(long job)
{
    char name[32];
    snprintf(name, sizeof name, "JOB_%ld", job);
    CASE_CHECK(unsetenv(name)); /* @site unset */
}

static void *launch(void *unused)
{
    for (long job = 0; job < jobs; job++)
        set_job(job, "running");
    for (long job = 0; job < jobs; job++)
        forget_job(job);
    atomic_store(&over, true);
    return unused;
}

static long job_limit(void)
{
    const char *text = getenv("JOB_LIMIT"); /* @site get */
    return text ? atol(text) : 0;
}

static void *watch(void *unused)
{
    while (!atomic_load(&over)) {
        unknown += job_limit() == 0;
        lookups++;
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t launcher, monitor;
    jobs = case_arg(argc, argv, 1, 2000, 1, JOBS);
    for (long job = 0; job < jobs; job++)
        set_job(job, "waiting");
    CASE_CHECK(setenv("JOB_LIMIT", "4", 1));
    CASE_CHECK(pthread_create(&monitor, NULL, watch, NULL));
    CASE_CHECK(pthread_create(&launcher, NULL, launch, NULL));
    CASE_CHECK(pthread_join(launcher, NULL));
    CASE_CHECK(pthread_join(monitor, NULL));
    return case_end(unknown == 0, "%ld of %ld lookups found no limit", unknown,
                    lookups);
}
