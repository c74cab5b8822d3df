/* Post offices enter parcels in a hash table that grows, a lock per stripe.
 * Usage: PROGRAM [PARCELS of each office [OFFICES [CHAINS at first]]]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { OFFICES = 4, STRIPES = 4, SMALL = 8, MOST = 32768 };

struct parcel {
    struct parcel *next;
    unsigned key;
} parcels[OFFICES * MOST];

struct parcel *space[4 * OFFICES * MOST]; /* tables of 8, 16, 32... chains */
struct parcel **table;
unsigned size;
static pthread_mutex_t stripes[STRIPES];
static atomic_uint count;
static long each, used, small; /* parcels, offices, chains at first */
static unsigned stripes_used;

static void grow(void)
{
    struct parcel **wider = space + 2 * size;
    for (unsigned i = 0; i < size; i++) {
        if (i % small == 0)
            CASE_CHECK(sched_yield()); /* customers wait */
        struct parcel *p = table[i];   /* @site take-chain */
        while (p != NULL) {
            struct parcel *rest = p->next;     /* @site follow */
            unsigned to = p->key % (2 * size); /* @site get-key */
            struct parcel *head = wider[to];   /* @site wide-head */
            p->next = head;                    /* @site relink */
            wider[to] = p;                     /* @site wide-put */
            p = rest;
        }
    }
    table = wider; /* @site new-table */
    size *= 2;     /* @site new-size */
}

static void grow_if_full(void)
{
    for (int i = 0; i < STRIPES; i++)
        CASE_CHECK(pthread_mutex_lock(&stripes[i]));
    if (count > 2 * size)
        grow();
    for (int i = 0; i < STRIPES; i++)
        CASE_CHECK(pthread_mutex_unlock(&stripes[i]));
}

static void enter(struct parcel *p)
{
    pthread_mutex_t *stripe = &stripes[p->key % stripes_used];
    CASE_CHECK(pthread_mutex_lock(stripe));
    unsigned n = size;          /* @site get-size */
    struct parcel **at = table; /* @site get-table */
    at += p->key % n;
    struct parcel *head = *at; /* @site head */
    p->next = head;            /* @site link */
    *at = p;                   /* @site put */
    CASE_CHECK(pthread_mutex_unlock(stripe));
    if (++count % small == 0)
        grow_if_full();
}

static void *work(void *first)
{
    for (long i = 0; i < each; i++) {
        struct parcel *p = (struct parcel *)first + i;
        unsigned number = (unsigned)(p - parcels);
        p->key = number * 2654435761u >> 8; /* @site set-key */
        enter(p);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t offices[OFFICES];
    each = case_arg(argc, argv, 1, 8192, 1, MOST);
    used = case_arg(argc, argv, 2, OFFICES, 1, OFFICES);
    small = case_arg(argc, argv, 3, SMALL, 1, SMALL);
    stripes_used = STRIPES;
    while (small % stripes_used != 0)
        stripes_used /= 2; /* a chain has one stripe */
    size = (unsigned)small;
    table = space + size;
    for (int i = 0; i < STRIPES; i++)
        CASE_CHECK(pthread_mutex_init(&stripes[i], NULL));
    for (long i = 0; i < used; i++)
        CASE_CHECK(pthread_create(&offices[i], NULL, work, &parcels[i * each]));
    for (int i = 0; i < used; i++)
        CASE_CHECK(pthread_join(offices[i], NULL));
    long found = 0;
    for (unsigned i = 0; i < size; i++)
        for (struct parcel *p = table[i]; p != NULL; p = p->next)
            found++;
    for (int i = 0; i < STRIPES; i++)
        CASE_CHECK(pthread_mutex_destroy(&stripes[i]));
    return case_end(found == used * each, "%ld of %ld parcels found", found,
                    used * each);
}
