/* A session with a server is kept alive by a thread that sends heartbeats.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { SESSIONS = 4 };

struct session {
    atomic_bool open;
    int number;
};

static atomic_int stray; /* heartbeats for a session of somebody else */

static void *beat(void *arg)
{
    struct session *session = arg;
    int number = session->number; /* @site know */
    while (session->open) {       /* @site look */
        usleep(1000);
        stray += session->number != number; /* @site send */
    }
    return NULL;
}

static struct session *session_open(int number)
{
    pthread_t heart;
    struct session *session = malloc(sizeof *session);
    CASE_CHECK(session ? 0 : ENOMEM);
    session->number = number; /* @site begin */
    session->open = true;
    CASE_CHECK(pthread_create(&heart, NULL, beat, session));
    CASE_CHECK(pthread_detach(heart));
    return session;
}

static void session_close(struct session *session)
{
    session->open = false;
    free(session); /* @site drop */
}

int main(void)
{
    for (int i = 1; i <= SESSIONS; i++) {
        struct session *session = session_open(i);
        usleep(3500); /* the talk with the server */
        session_close(session);
    }
    return case_end(stray == 0, "%d heartbeats for another session", stray);
}
