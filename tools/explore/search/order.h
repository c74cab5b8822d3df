/* The order of an execution as a sum, without clocks.
 *
 * An event is hashed with the sum of the names of all earlier events that it
 * depends on, once for each pair of touches that conflict; a name is a hash of
 * thread and count in the thread. The sum of these hashes is the print of the
 * execution, and stands for its trace:
 *
 * Two executions of one trace differ by swaps of neighbours that do not depend
 * on each other. A swap changes none of the sums; what an operation touches is
 * the same in both, by the contract of op.h. So the prints are equal.
 *
 * Equal prints, without a collision, are equal sets of events, each with equal
 * names before it. By induction over one execution each event finds what it
 * looks at as in the other one, so it touches the same, and of two events that
 * depend on each other the same is the earlier one: it is among the names of
 * the other, and not the reverse. The order within a thread, and that of a
 * thread after the one that made it, are given by the events. So the orders of
 * all that depend are equal: they are one trace.
 *
 * In two different traces of the same events some two events are ordered one
 * way here and the other way there, so that the sums of both differ: two sums
 * of 64 bits, and both halves of the print, would have to collide.
 *
 * As names are added, they are taken back by subtraction, in any order.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_ORDER_H
#define LOCKSTEP_EXPLORE_SEARCH_ORDER_H

#include "explore/search/arena.h"
#include "explore/search/op.h"
#include "explore/search/random.h"

#include <stdint.h>

#define ORDER_BUCKETS 4096

/* What was done in one way to one part of a granule, or to a wide place. */
struct order_place {
    struct order_place *next; /* in its bucket, or of the wide ones */
    struct order_place *all;
    uintptr_t from, to;
    uint64_t sum;   /* of names, in the execution of the number below */
    uint64_t epoch; /* else it is 0 */
    uint32_t live;  /* how many names */
    uint16_t sort;
};

/* Zero-initialise. */
struct order {
    uint64_t epoch;
    uint32_t places, most; /* as many as there may be before some are freed */
    bool full;             /* there was no room: the sums are of no use */
    uint64_t sum;          /* of the names of all events */
    struct order_place *all, *wide;
    struct order_place *bucket[ORDER_BUCKETS];
};

/* The touches of an event are met one after the other. */
struct order_event {
    uint64_t name;
    uint64_t after; /* the sum of names */
};

/* Forgets all events. */
void order_begin(struct order *o);

/* Frees what no event has touched, when that may be much. */
void order_trim(struct order *o, struct arena *a);

static inline struct order_event order_event(unsigned thread, uint32_t nth)
{
    return (struct order_event){random_mix((uint64_t)thread << 32 | nth), 0};
}

void order_meet(struct order *o, struct arena *a, struct order_event *e,
                const struct touch *t);

/* All its touches have been met. */
static inline void order_met(struct order *o, const struct order_event *e)
{
    o->sum += e->name;
}

/* Takes back a touch, and an event. */
void order_part(struct order *o, const struct order_event *e,
                const struct touch *t);

static inline void order_parted(struct order *o, const struct order_event *e)
{
    o->sum -= e->name;
}

#endif
