/* Two workers update a record: read it, work on the copy, write it back.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

#define WORKERS 2
#define UPDATES 5 /* of each worker */

struct database {
    pthread_mutex_t lock;
    long value;
};

static void update(struct database *db)
{
    CASE_CHECK(pthread_mutex_lock(&db->lock));
    long copy = db->value; /* @site read */
    copy++;
    usleep(1000);     /* the work takes a while */
    db->value = copy; /* @site write */
    CASE_CHECK(pthread_mutex_unlock(&db->lock));
}

static void *work(void *arg)
{
    struct database *db = arg;
    for (int i = 0; i < UPDATES; i++)
        update(db);
    return NULL;
}

int main(void)
{
    struct database db = {.lock = PTHREAD_MUTEX_INITIALIZER, .value = 0};
    pthread_t workers[WORKERS];
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_create(&workers[i], NULL, work, &db));
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_join(workers[i], NULL));
    return case_end(db.value == WORKERS * UPDATES, "value is %ld of %d",
                    db.value, WORKERS * UPDATES);
}
