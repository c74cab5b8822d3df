/* Workers open a common journal, write an entry and go on.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { WORKERS = 3 };

static pthread_mutex_t lock;
static int journal[2]; /* a pipe: "<" and ">" of each entry */

static void put(char c)
{
    CASE_CHECK(write(journal[1], &c, 1) == 1 ? 0 : EIO);
}

static void journal_open(void)
{
    CASE_CHECK(pthread_mutex_init(&lock, NULL)); /* @site init */
}

static void journal_write(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock)); /* @site lock */
    put('<');
    usleep(150000); /* between the first and the last word */
    put('>');
    CASE_CHECK(pthread_mutex_unlock(&lock)); /* @site unlock */
}

static void *work(void *arg)
{
    usleep(1000 * *(const useconds_t *)arg); /* until there is news */
    journal_write();
    return NULL;
}

int main(void)
{
    static useconds_t delays[WORKERS] = {0, 50, 100};
    pthread_t workers[WORKERS];
    char entries[2 * WORKERS + 1] = "";
    CASE_CHECK(pipe(journal) == 0 ? 0 : errno);
    journal_open();
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_create(&workers[i], NULL, work, &delays[i]));
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_join(workers[i], NULL));
    CASE_CHECK(read(journal[0], entries, 2 * WORKERS) == 2 * WORKERS ? 0 : EIO);
    return case_end(!strstr(entries, "<<"), "the journal has %s", entries);
}
