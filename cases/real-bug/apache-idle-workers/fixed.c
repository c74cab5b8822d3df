/* A listener accepts a connection when one of the server's workers is idle.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { WORKERS = 2, CONNECTIONS = 100 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t some_idle = PTHREAD_COND_INITIALIZER;
static atomic_int idle; /* workers without a connection */
static int accepted[2]; /* a pipe from the listener to the workers */

static void become_idle(void)
{
    if (idle++ == 0) { /* @site count */
        usleep(300);   /* the status page is told */
        CASE_CHECK(pthread_mutex_lock(&lock));
        CASE_CHECK(pthread_cond_signal(&some_idle)); /* @site signal */
        CASE_CHECK(pthread_mutex_unlock(&lock));
    }
}

/* Takes an idle worker; returns how many more there are. */
static int take_idle(void)
{
    if (idle == 0) {
        CASE_CHECK(pthread_mutex_lock(&lock));
        while (idle == 0) {                                   /* @site look */
            CASE_CHECK(pthread_cond_wait(&some_idle, &lock)); /* @site wait */
        }
        CASE_CHECK(pthread_mutex_unlock(&lock));
    }
    return --idle; /* @site take */
}

static void *work(void *unused)
{
    int connection;
    become_idle();
    while (read(accepted[0], &connection, sizeof connection) > 0) {
        usleep(300 * (1 + connection % 4)); /* the request is served */
        become_idle();
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t workers[WORKERS];
    int unserved = 0;
    int connections = (int)case_arg(argc, argv, 1, CONNECTIONS, 1, CONNECTIONS);
    CASE_CHECK(pipe(accepted));
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_create(&workers[i], NULL, work, NULL));
    for (int i = 0; i < connections; i++) {
        unserved += take_idle() < 0;
        usleep(200); /* a client connects */
        CASE_CHECK(write(accepted[1], &i, sizeof i) > 0 ? 0 : errno);
    }
    CASE_CHECK(close(accepted[1]));
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_join(workers[i], NULL));
    CASE_CHECK(close(accepted[0]));
    return case_end(unserved == 0, "%d of %d accepted without an idle worker",
                    unserved, connections);
}
