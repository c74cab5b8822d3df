/* Clerks write payments into the books, and main starts a new year.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

enum {
    CLERKS = 2,
    PAYMENTS = 3 /* of each clerk */,
    LAST = 3 /* of the year */
};

static struct books {
    pthread_mutex_t lock;
    int payments;
} books;
static sem_t year_is_over;

static void books_open(struct books *b)
{
    CASE_CHECK(pthread_mutex_init(&b->lock, NULL)); /* @site open */
}

static void books_close(struct books *b)
{
    (void)pthread_mutex_destroy(&b->lock); /* @site close */
}

static void *book(void *arg)
{
    struct books *b = arg;
    for (int i = 0; i < PAYMENTS; i++) {
        CASE_CHECK(pthread_mutex_lock(&b->lock)); /* @site lock */
        if (++b->payments == LAST) {              /* @site count */
            CASE_CHECK(sem_post(&year_is_over) == 0 ? 0 : errno);
        }
        usleep(8000);                               /* to write it down */
        CASE_CHECK(pthread_mutex_unlock(&b->lock)); /* @site unlock */
    }
    return NULL;
}

int main(void)
{
    pthread_t clerks[CLERKS];
    CASE_CHECK(sem_init(&year_is_over, 0, 0) == 0 ? 0 : errno);
    books_open(&books);
    for (int i = 0; i < CLERKS; i++)
        CASE_CHECK(pthread_create(&clerks[i], NULL, book, &books));
    CASE_CHECK(sem_wait(&year_is_over) == 0 ? 0 : errno);
    usleep(2000); /* for the fireworks */
    for (int i = 0; i < CLERKS; i++)
        CASE_CHECK(pthread_join(clerks[i], NULL));
    books_close(&books);
    CASE_CHECK(sem_destroy(&year_is_over) == 0 ? 0 : errno);
    return case_end(books.payments == CLERKS * PAYMENTS, "%d payments of %d",
                    books.payments, CLERKS * PAYMENTS);
}
