/* Readers borrow books from a library that has one desk.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { READERS = 2, LOANS = 3 /* of each reader */, BOOKS = 10 };

struct library {
    pthread_mutex_t desk;
    int books;
};

static struct library library = {PTHREAD_MUTEX_INITIALIZER, BOOKS};

static void library_enter(struct library *l)
{
    CASE_CHECK(pthread_mutex_lock(&l->desk)); /* @site enter */
}

static void library_leave(struct library l)
{
    CASE_CHECK(pthread_mutex_unlock(&l.desk)); /* @site leave */
}

static void *borrow(void *arg)
{
    struct library *l = arg;
    for (int i = 0; i < LOANS; i++) {
        library_enter(l);
        l->books--;
        library_leave(*l);
    }
    return NULL;
}

int main(void)
{
    pthread_t readers[READERS];
    for (int i = 0; i < READERS; i++)
        CASE_CHECK(pthread_create(&readers[i], NULL, borrow, &library));
    for (int i = 0; i < READERS; i++)
        CASE_CHECK(pthread_join(readers[i], NULL));
    return case_end(library.books == BOOKS - READERS * LOANS,
                    "%d books left of %d", library.books, BOOKS);
}
