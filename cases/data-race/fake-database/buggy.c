/* Two workers update a record: read it, work on the copy, write it back.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

#define WORKERS 2
#define UPDATES 5 /* of each worker */

static struct database {
    long value;
} db;

static void update(void)
{
    long copy = db.value; /* @site read */
    copy++;
    usleep(10000);   /* the work takes a while */
    db.value = copy; /* @site write */
}

static void *work(void *unused)
{
    for (int i = 0; i < UPDATES; i++)
        update();
    return unused;
}

int main(void)
{
    pthread_t workers[WORKERS];
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_create(&workers[i], NULL, work, NULL));
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_join(workers[i], NULL));
    return case_end(db.value == WORKERS * UPDATES, "value is %ld of %d",
                    db.value, WORKERS * UPDATES);
}
