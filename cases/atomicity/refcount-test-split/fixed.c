/* Two readers share each connection; the last one to leave closes it.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { READERS = 2, CONNECTIONS = 20 };

static int opened;

struct connection {
    atomic_int users;
    atomic_int goodbyes; /* that its server has got */
} connections[CONNECTIONS];

static void leave(struct connection *c)
{
    int users = atomic_fetch_sub(&c->users, 1) - 1; /* @site leave */
    usleep(100);                                    /* notes it in the log */
    if (users == 0) {                               /* @site test */
        atomic_fetch_add(&c->goodbyes, 1);
    }
}

static void *read_block(void *connection)
{
    usleep(100); /* until it is there */
    leave(connection);
    return NULL;
}

static void share(struct connection *c)
{
    pthread_t readers[READERS];
    atomic_init(&c->users, READERS);
    for (int i = 0; i < READERS; i++)
        CASE_CHECK(pthread_create(&readers[i], NULL, read_block, c));
    for (int i = 0; i < READERS; i++)
        CASE_CHECK(pthread_join(readers[i], NULL));
}

int main(int argc, char **argv)
{
    int wrong = 0;
    opened = (int)case_arg(argc, argv, 1, CONNECTIONS, 1, CONNECTIONS);
    for (int i = 0; i < opened; i++) {
        share(&connections[i]);
        wrong += connections[i].goodbyes != 1;
    }
    return case_end(wrong == 0, "%d of %d connections not closed just once",
                    wrong, opened);
}
