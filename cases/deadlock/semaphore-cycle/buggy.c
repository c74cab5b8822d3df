/* An office has one scanner and one printer; copies and faxes need them both.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

enum { JOBS = 5 }; /* of each sort */

static sem_t scanner, printer; /* how many are free */
static int pages;              /* under both */

static void warm_up(void)
{
    usleep(10000);
}

static void *make_copies(void *unused)
{
    for (int i = 0; i < JOBS; i++) {
        CASE_CHECK(sem_wait(&scanner) == 0 ? 0 : errno); /* @site copy-first */
        warm_up();
        CASE_CHECK(sem_wait(&printer) == 0 ? 0 : errno); /* @site copy-second */
        pages++;
        CASE_CHECK(sem_post(&printer) == 0 ? 0 : errno);
        CASE_CHECK(sem_post(&scanner) == 0 ? 0 : errno);
    }
    return unused;
}

static void *send_faxes(void *unused)
{
    for (int i = 0; i < JOBS; i++) {
        CASE_CHECK(sem_wait(&printer) == 0 ? 0 : errno); /* @site fax-first */
        warm_up();
        CASE_CHECK(sem_wait(&scanner) == 0 ? 0 : errno); /* @site fax-second */
        pages++;
        CASE_CHECK(sem_post(&scanner) == 0 ? 0 : errno);
        CASE_CHECK(sem_post(&printer) == 0 ? 0 : errno);
    }
    return unused;
}

int main(void)
{
    pthread_t copier, fax;
    CASE_CHECK(sem_init(&scanner, 0, 1) == 0 ? 0 : errno);
    CASE_CHECK(sem_init(&printer, 0, 1) == 0 ? 0 : errno);
    CASE_CHECK(pthread_create(&copier, NULL, make_copies, NULL));
    CASE_CHECK(pthread_create(&fax, NULL, send_faxes, NULL));
    CASE_CHECK(pthread_join(copier, NULL));
    CASE_CHECK(pthread_join(fax, NULL));
    CASE_CHECK(sem_destroy(&scanner) == 0 ? 0 : errno);
    CASE_CHECK(sem_destroy(&printer) == 0 ? 0 : errno);
    return case_end(pages == 2 * JOBS, "%d of %d pages made", pages, 2 * JOBS);
}
