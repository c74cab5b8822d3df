/* The execution that runs: its events, what each touched, and which happened
 * before which.
 *
 * Happens-before is kept in vector clocks (Mattern, Virtual time and global
 * states of distributed systems, 1989) that count events by thread: an event is
 * ordered before another when the other's clock counts it. Events are found by
 * what they touched through chains, one for each granule of eight bytes, each
 * from the latest touch back. All of it is a stack: the next execution keeps
 * the part that it shares.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_HISTORY_H
#define LOCKSTEP_EXPLORE_SEARCH_HISTORY_H

#include "explore/search/arena.h"
#include "explore/search/op.h"
#include "explore/search/order.h"
#include "explore/search/search.h"

#include <stddef.h>

#define HISTORY_BUCKETS 4096

/* What is kept besides the events, bits. */
enum history_keeps {
    HISTORY_CLOCKS = 1,  /* and links */
    HISTORY_DIGESTS = 2, /* of what each touched */
};

/* A touch as it was, with the gate's value before it. */
struct noted {
    struct touch touch;
    int32_t value;
};

/* One touch of one granule, in the chain of all that fall into a bucket. */
struct link {
    struct link *prev; /* the touch before */
    struct link *skip; /* the last before that it conflicts with itself; of
                        * writes and wide touches: prev */
    struct link **bucket;
    struct event *event;
    const struct noted *noted;
    uintptr_t granule;
};

struct event {
    struct event *before; /* of the same thread; NULL for its first */
    struct link *wide;    /* the wide touches before it */
    const struct noted *noted;
    struct link *links;
    uint32_t *clock; /* of width threads; NULL when no clocks are kept */
    uint32_t index;  /* in the execution, from 0 */
    uint32_t nth;    /* of its thread, from 1 */
    uint16_t touches, n_links, width;
    uint8_t thread, choice;
    bool last_resort; /* depends on everything */
    bool fickle;      /* its touches were a matter of what was in memory */
    bool vague;       /* a choice of its operation was closed */
};

struct history {
    struct arena *arena;
    struct event **event;       /* n of them */
    uint32_t *digest;           /* NULL when none are kept */
    struct order *order;        /* NULL: no prints */
    struct search_print *print; /* of the first i + 1 events */
    uint32_t printed;           /* so many are up to date */
    uint32_t n, cap;
    bool clocks; /* whether they are kept; else there are no links either */
    struct event *last[OP_THREADS];
    struct event *born[OP_THREADS]; /* the event that created it */
    uint64_t known[OP_THREADS / 64];
    unsigned width; /* of a clock that has all of them */
    struct link *wide;
    struct link *bucket[HISTORY_BUCKETS];
};

/* Room for cap events at most; false when the arena is too small. With an order
 * it has prints (prints.h). */
bool history_init(struct history *h, struct arena *arena, uint32_t cap,
                  unsigned keeps, struct order *order);

/* Tells of threads that the view shows for the first time. */
void history_meet(struct history *h, const struct op_view *view);

/* Appends a step, with the touches that its operation has now. NULL when the
 * arena is full; nothing has changed then. */
struct event *history_push(struct history *h, const struct op_view *view,
                           struct op_step step);

/* Forgets the events from the nth on; known are the threads met before it. */
void history_cut(struct history *h, uint32_t n, const uint64_t *known);

/* Of the touches of a choice: whether it is what it was in another run. */
static inline uint32_t history_digest(const struct op_choice *choice)
{
    uint64_t d = choice->n;
    for (unsigned i = 0; i < choice->n; i++) {
        const struct touch *t = &choice->touches[i];
        uint64_t how =
            t->size ^ (uint64_t)t->mode << 48 ^ (uint64_t)t->class << 56;
        d = (d ^ t->object ^ how) * 0x9e3779b97f4a7c15U;
        d ^= d >> 32;
    }
    return (uint32_t)d;
}

/* What is noted of an operation without touches, for it still depends on the
 * end of the process, and of a last resort besides its own. */
extern const struct touch note_nothing, note_everything;

void note(struct noted *to, const struct op_choice *choice);

/* What thread's next event is after in any case; its width is written. NULL
 * (width 0) when that is nothing. */
const uint32_t *history_clock(const struct history *h, unsigned thread,
                              unsigned *width);

static inline bool event_before(const struct event *a, const uint32_t *clock,
                                unsigned width)
{
    return a->thread < width && clock[a->thread] >= a->nth;
}

static inline bool notes_conflict(const struct noted *a, unsigned na,
                                  const struct noted *b, unsigned nb)
{
    for (unsigned i = 0; i < na; i++)
        for (unsigned k = 0; k < nb; k++)
            if (touch_conflict(&a[i].touch, &b[k].touch))
                return true;
    return false;
}

static inline void clock_join(uint32_t *to, const uint32_t *from,
                              unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        to[i] = to[i] < from[i] ? from[i] : to[i]; /* without a jump */
}

#endif
