/* Two workers update a record through get and put of a database.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { WORKERS = 2, UPDATES = 10 }; /* of each worker */

static int updates;

static struct database {
    pthread_mutex_t lock;
    long value;
} db = {.lock = PTHREAD_MUTEX_INITIALIZER};

static long get(void)
{
    CASE_CHECK(pthread_mutex_lock(&db.lock));
    long value = db.value; /* @site get */
    CASE_CHECK(pthread_mutex_unlock(&db.lock));
    return value;
}

static void put(long value)
{
    CASE_CHECK(pthread_mutex_lock(&db.lock));
    db.value = value; /* @site put */
    CASE_CHECK(pthread_mutex_unlock(&db.lock));
}

static void update(void)
{
    long copy = get();
    copy++;
    usleep(1000); /* the work takes a while */
    put(copy);
}

static void *work(void *unused)
{
    for (int i = 0; i < updates; i++)
        update();
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t workers[WORKERS];
    updates = (int)case_arg(argc, argv, 1, UPDATES, 1, UPDATES);
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_create(&workers[i], NULL, work, NULL));
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_join(workers[i], NULL));
    long value = get();
    return case_end(value == WORKERS * updates, "value is %ld of %d", value,
                    WORKERS * updates);
}
