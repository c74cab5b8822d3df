/* A receiver notes where a ship is; the map asks for it and never waits.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { PIXELS = 200 };

struct position {
    int east, north;
};

static atomic_uint version; /* two for each position; odd while it changes */
int east, north;
static int miles;

static void move(struct position p)
{
    unsigned v = atomic_load_explicit(&version, memory_order_relaxed);
    atomic_store_explicit(&version, v + 1, memory_order_relaxed);
    east = p.east;   /* @site move-east */
    north = p.north; /* @site move-north */
    atomic_store_explicit(&version, v + 2, memory_order_relaxed);
}

static int where(struct position *p)
{
    unsigned before, after;
    do {
        before = atomic_load_explicit(&version, memory_order_relaxed);
        p->east = east;   /* @site ask-east */
        p->north = north; /* @site ask-north */
        after = atomic_load_explicit(&version, memory_order_relaxed);
    } while (before % 2 == 1 || before != after);
    return (int)before / 2;
}

static unsigned draw(unsigned map, struct position ship)
{
    for (int i = 0; i < PIXELS; i++)
        map = map * 31 + (unsigned)(ship.east ^ ship.north);
    return map;
}

static void *receive(void *unused)
{
    for (int mile = 1; mile <= miles; mile++) {
        move((struct position){mile, mile});
        usleep(50); /* the ship sails to the north-east */
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t receiver;
    unsigned map = 0;
    int mile = 0;
    long asked = 0, wrong = 0;
    miles = (int)case_arg(argc, argv, 1, 200, 1, 1000000);
    CASE_CHECK(pthread_create(&receiver, NULL, receive, NULL));
    for (struct position p; mile < miles; asked++) {
        mile = where(&p);
        map = draw(map, p);
        wrong += p.east != mile || p.north != mile;
    }
    CASE_CHECK(pthread_join(receiver, NULL));
    return case_end(wrong == 0, "%ld of %ld answers are wrong", wrong, asked);
}
