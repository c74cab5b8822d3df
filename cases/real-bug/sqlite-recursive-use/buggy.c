/* Connections of a small database share one lock, which may be taken again.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { CONNECTIONS = 2, ROWS = 200 /* of each connection */ };

static int wanted;

/* The main lock is the one that is taken again; the other guards what is known
 * of its owner. */
static pthread_mutex_t main_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t owner_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_t owner;
static bool owned;
static int depth;
static int rows;

static void enter(void)
{
    CASE_CHECK(pthread_mutex_lock(&owner_lock)); /* @site enter */
    if (!owned || !pthread_equal(owner, pthread_self())) {
        CASE_CHECK(pthread_mutex_lock(&main_lock)); /* @site acquire */
        owner = pthread_self();
        owned = true;
    }
    depth++;
    CASE_CHECK(pthread_mutex_unlock(&owner_lock));
}

static void leave(void)
{
    CASE_CHECK(pthread_mutex_lock(&owner_lock)); /* @site leave */
    if (--depth == 0) {
        owned = false;
        CASE_CHECK(pthread_mutex_unlock(&main_lock));
    }
    CASE_CHECK(pthread_mutex_unlock(&owner_lock));
}

static void insert(void)
{
    enter();
    rows++;
    usleep(100); /* the page is written */
    leave();
}

static void *connection(void *unused)
{
    for (int i = 0; i < wanted; i += 2) {
        enter(); /* a transaction of two rows */
        insert();
        insert();
        leave();
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t ids[CONNECTIONS];
    wanted = (int)case_arg(argc, argv, 1, ROWS, 1, ROWS);
    for (int i = 0; i < CONNECTIONS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, connection, NULL));
    for (int i = 0; i < CONNECTIONS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    return case_end(rows == CONNECTIONS * wanted, "%d rows of %d", rows,
                    CONNECTIONS * wanted);
}
