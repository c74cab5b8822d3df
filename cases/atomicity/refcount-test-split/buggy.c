/* Two readers share connections; the last one to leave closes them.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { READERS = 2, CONNECTIONS = 20 };

struct connection {
    atomic_int users;
    atomic_int goodbyes; /* that its server has got */
} connections[CONNECTIONS];

static void leave(struct connection *c)
{
    atomic_fetch_sub(&c->users, 1);    /* @site leave */
    usleep(100);                       /* notes it in the log */
    if (atomic_load(&c->users) == 0) { /* @site test */
        atomic_fetch_add(&c->goodbyes, 1);
    }
}

static void *read_all(void *unused)
{
    for (int i = 0; i < CONNECTIONS; i++) {
        usleep(100); /* reads what it has to say */
        leave(&connections[i]);
    }
    return unused;
}

int main(void)
{
    pthread_t readers[READERS];
    int wrong = 0;
    for (int i = 0; i < CONNECTIONS; i++)
        atomic_init(&connections[i].users, READERS);
    for (int i = 0; i < READERS; i++)
        CASE_CHECK(pthread_create(&readers[i], NULL, read_all, NULL));
    for (int i = 0; i < READERS; i++)
        CASE_CHECK(pthread_join(readers[i], NULL));
    for (int i = 0; i < CONNECTIONS; i++)
        wrong += connections[i].goodbyes != 1;
    return case_end(wrong == 0, "%d of %d connections not closed just once",
                    wrong, CONNECTIONS);
}
