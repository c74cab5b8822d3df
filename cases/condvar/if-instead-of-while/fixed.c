/* Clients share a few database connections; who finds none free waits for one.
 * Usage: PROGRAM [QUERIES of each client]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { CONNECTIONS = 2, CLIENTS = 4 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t given_back = PTHREAD_COND_INITIALIZER;
static int in_use, overdrawn; /* under the lock */
static long queries;          /* of each client */

static void borrow(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (in_use >= CONNECTIONS) {                        /* @site check */
        CASE_CHECK(pthread_cond_wait(&given_back, &lock)); /* @site wait */
    }
    in_use++; /* @site take */
    overdrawn += in_use > CONNECTIONS;
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static void give_back(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    in_use--;
    CASE_CHECK(pthread_cond_signal(&given_back));
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static void *client(void *unused)
{
    for (long i = 0; i < queries; i++) {
        borrow();
        usleep(100); /* the query */
        give_back();
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t clients[CLIENTS];
    queries = case_arg(argc, argv, 1, 100, 1, 10000);
    for (int i = 0; i < CLIENTS; i++)
        CASE_CHECK(pthread_create(&clients[i], NULL, client, NULL));
    for (int i = 0; i < CLIENTS; i++)
        CASE_CHECK(pthread_join(clients[i], NULL));
    return case_end(overdrawn == 0,
                    "%d of %ld times more than %d connections in use",
                    overdrawn, CLIENTS * queries, CONNECTIONS);
}
