/* A timer of a download session gives the peers their share of the bandwidth.
 * Usage: PROGRAM [MILLISECONDS that the port takes to open]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <assert.h>
#include <pthread.h>
#include <unistd.h>

enum { PULSES = 2, PERIOD = 40 /* milliseconds */, LIMIT = 100 /* bytes */ };

struct bandwidth {
    long limit; /* of each pulse */
};

struct session {
    pthread_t timer;
    struct bandwidth *bandwidth;
    long allotted;
} session;

static struct bandwidth *bandwidth_new(long limit)
{
    struct bandwidth *b = malloc(sizeof *b); /* @site new */
    CASE_CHECK(b ? 0 : ENOMEM);
    b->limit = limit; /* @site fill */
    return b;
}

static void allot(void)
{
    struct bandwidth *b = session.bandwidth; /* @site use */
    assert(b);
    session.allotted += b->limit; /* @site draw */
}

static void *pulse(void *unused)
{
    for (int i = 0; i < PULSES; i++) {
        usleep(1000 * PERIOD);
        allot();
    }
    return unused;
}

static void peers_start(void)
{
    CASE_CHECK(pthread_create(&session.timer, NULL, pulse, NULL));
}

static void port_open(long milliseconds)
{
    usleep(1000 * (useconds_t)milliseconds); /* the router answers */
}

static void session_start(long milliseconds)
{
    struct bandwidth *b = bandwidth_new(LIMIT);
    session.bandwidth = b; /* @site set */
    peers_start();
    port_open(milliseconds);
}

int main(int argc, char **argv)
{
    session_start(case_arg(argc, argv, 1, 2 * PERIOD, 0, 1000));
    CASE_CHECK(pthread_join(session.timer, NULL));
    free(session.bandwidth);
    return case_end(session.allotted == PULSES * LIMIT,
                    "%ld bytes allotted in %d pulses", session.allotted,
                    PULSES);
}
