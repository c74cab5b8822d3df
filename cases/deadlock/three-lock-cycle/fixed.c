/* A small store of pages: a table, a cache and a journal, a lock for each.
 * SPDX-License-Identifier: MIT */
#include "case.h"
#include "thread_safety.h"

#include <pthread.h>
#include <unistd.h>

enum { ROUNDS = 60 };

static int rounds;

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t
    cache_lock ACQUIRED_AFTER(table_lock) = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t journal_lock ACQUIRED_AFTER(table_lock, cache_lock) =
    PTHREAD_MUTEX_INITIALIZER;
static long known, cached, noted;

static void look_up(void)
{
    CASE_CHECK(pthread_mutex_lock(&table_lock)); /* @site look-up */
    known++;
    usleep(500);                                 /* reads the page */
    CASE_CHECK(pthread_mutex_lock(&cache_lock)); /* @site into-cache */
    cached++;
    CASE_CHECK(pthread_mutex_unlock(&cache_lock));
    CASE_CHECK(pthread_mutex_unlock(&table_lock));
}

static void evict(void)
{
    CASE_CHECK(pthread_mutex_lock(&cache_lock)); /* @site evict */
    cached--;
    usleep(500);                                   /* writes the page */
    CASE_CHECK(pthread_mutex_lock(&journal_lock)); /* @site into-journal */
    noted++;
    CASE_CHECK(pthread_mutex_unlock(&journal_lock));
    CASE_CHECK(pthread_mutex_unlock(&cache_lock));
}

static void checkpoint(void)
{
    CASE_CHECK(pthread_mutex_lock(&table_lock));   /* @site off-table */
    CASE_CHECK(pthread_mutex_lock(&journal_lock)); /* @site checkpoint */
    usleep(500);                                   /* syncs the journal */
    noted--;
    known--;
    CASE_CHECK(pthread_mutex_unlock(&journal_lock));
    CASE_CHECK(pthread_mutex_unlock(&table_lock));
}

static void *repeat(void *step)
{
    for (int i = 0; i < rounds; i++)
        (*(void (**)(void))step)();
    return NULL;
}

int main(int argc, char **argv)
{
    static void (*steps[])(void) = {look_up, evict, checkpoint};
    pthread_t threads[3];
    rounds = (int)case_arg(argc, argv, 1, ROUNDS, 1, ROUNDS);
    for (int i = 0; i < 3; i++) /* a first page goes all its way */
        steps[i]();
    for (int i = 0; i < 3; i++)
        CASE_CHECK(pthread_create(&threads[i], NULL, repeat, &steps[i]));
    for (int i = 0; i < 3; i++)
        CASE_CHECK(pthread_join(threads[i], NULL));
    return case_end(known == 0 && cached == 0 && noted == 0,
                    "%ld known, %ld cached, %ld noted", known, cached, noted);
}
