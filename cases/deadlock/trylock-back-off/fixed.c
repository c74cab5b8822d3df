/* A cache: a hit makes an entry the newest, an evictor takes the oldest out.
 * SPDX-License-Identifier: MIT */
#include "case.h"
#include "thread_safety.h"

#include <pthread.h>
#include <unistd.h>

enum { ENTRIES = 32, ROUNDS = 120 };

static int rounds;

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t
    list_lock ACQUIRED_AFTER(table_lock) = PTHREAD_MUTEX_INITIALIZER;
static bool present[ENTRIES]; /* the table, by key */
static int used[ENTRIES];     /* the list: when last used, 0 if not in it */

static void hit(int key, int now)
{
    CASE_CHECK(pthread_mutex_lock(&table_lock)); /* @site hit-table */
    present[key] = true;
    usleep(200);                                /* hands the entry out */
    CASE_CHECK(pthread_mutex_lock(&list_lock)); /* @site hit-list */
    used[key] = now;
    CASE_CHECK(pthread_mutex_unlock(&list_lock));
    CASE_CHECK(pthread_mutex_unlock(&table_lock));
}

static int last_in_list(void)
{
    int last = 0;
    for (int i = 1; i < ENTRIES; i++)
        if (used[i] && (!used[last] || used[i] < used[last]))
            last = i;
    return last;
}

static void evict(void)
{
    int last, busy;
    for (;;) {
        CASE_CHECK(pthread_mutex_lock(&list_lock)); /* @site evict-list */
        last = last_in_list();
        usleep(200);                               /* writes it to disk */
        busy = pthread_mutex_trylock(&table_lock); /* @site evict-table */
        if (busy != EBUSY)
            break;
        CASE_CHECK(pthread_mutex_unlock(&list_lock));
        usleep(100); /* time for the other to finish */
    }
    CASE_CHECK(busy);
    used[last] = 0;
    present[last] = false;
    CASE_CHECK(pthread_mutex_unlock(&table_lock));
    CASE_CHECK(pthread_mutex_unlock(&list_lock));
}

static void *evictor(void *unused)
{
    for (int i = 0; i < rounds; i++)
        evict();
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    int wrong = 0;
    rounds = (int)case_arg(argc, argv, 1, ROUNDS, 1, ROUNDS);
    hit(0, 1); /* a first entry comes and goes */
    evict();
    CASE_CHECK(pthread_create(&thread, NULL, evictor, NULL));
    for (int i = 1; i < rounds; i++)
        hit(i % ENTRIES, i + 1);
    CASE_CHECK(pthread_join(thread, NULL));
    for (int i = 0; i < ENTRIES; i++)
        wrong += present[i] != (used[i] > 0);
    return case_end(wrong == 0, "%d entries in one of them only", wrong);
}
