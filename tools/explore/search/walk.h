/* The earlier events that an operation depends on, from the latest back.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_WALK_H
#define LOCKSTEP_EXPLORE_SEARCH_WALK_H

#include "explore/search/history.h"

#define WALK_CURSORS 64
#define WALK_GRANULE 8  /* bytes */
#define WALK_NARROW 64u /* bytes; wider touches are in a chain of their own */

struct walk_cursor {
    const struct noted *noted; /* what it looks for; NULL: anything */
    struct link *at;
    uintptr_t granule;
    bool covered; /* the last link was a write that hides what is before it */
};

struct walk {
    const struct history *h;
    const struct noted *noted;
    unsigned touches;
    unsigned cursors;
    bool linear; /* too many touches, or too wide: looks at every event */
    uint32_t index;
    struct walk_cursor cursor[WALK_CURSORS];
};

/* Before e, which is in the history, or after all that is there. */
void walk_from_event(struct walk *w, const struct history *h,
                     const struct event *e);
void walk_from_end(struct walk *w, const struct history *h,
                   const struct noted *noted, unsigned touches);

/* Skips the events from index on. */
void walk_back_to(struct walk *w, uint32_t index);

/* The next one back; NULL at the end. Each comes once. */
struct event *walk_next(struct walk *w);

/* What walk_next returned last suffices: events that it must be after, for it
 * writes all of what was looked for, need not come any more (some may). */
void walk_past(struct walk *w);

/* Granules of a narrow touch are numbered from here on. */
static inline uintptr_t walk_granule(const struct touch *t)
{
    return t->object / WALK_GRANULE;
}

static inline unsigned walk_granules(const struct touch *t)
{
    return (unsigned)((t->object + t->size - 1) / WALK_GRANULE -
                      t->object / WALK_GRANULE + 1);
}

/* Whether the links of one sort are skipped by one of them. */
static inline bool walk_same_sort(const struct touch *a, const struct touch *b)
{
    return a->mode != TOUCH_WRITE && a->mode == b->mode &&
           (a->mode == TOUCH_READ || a->class == b->class);
}

/* Whether a write hides all that was done before to the part of t that lies in
 * a granule. */
static inline bool walk_covers(const struct touch *write, const struct touch *t,
                               uintptr_t granule)
{
    uintptr_t from = granule * WALK_GRANULE, to = from + WALK_GRANULE;
    if (from < t->object)
        from = t->object;
    if (to > t->object + t->size)
        to = t->object + t->size;
    return write->mode == TOUCH_WRITE && write->object <= from &&
           write->object + write->size >= to;
}

/* Whether a link is of the granule and conflicts with a touch of it. */
static inline bool walk_meets(const struct link *l, const struct touch *t,
                              uintptr_t granule)
{
    return l->granule == granule && touch_overlap(&l->noted->touch, t) &&
           !walk_same_sort(&l->noted->touch, t);
}

/* From a link that does not meet it to one before; none between them does. So
 * who looks again for the same is soon at where it looked before, and passes
 * what was done to another part of the granule once. */
static inline struct link *walk_on(const struct link *l, const struct touch *t,
                                   uintptr_t granule)
{
    const struct touch *other = &l->noted->touch;
    return l->granule == granule && walk_same_sort(other, t) &&
                   touch_within(t, other)
               ? l->skip
               : l->prev;
}

/* The latest link that meets it, from one on. */
static inline struct link *walk_settle(struct link *l, const struct touch *t,
                                       uintptr_t granule)
{
    while (l && !walk_meets(l, t, granule))
        l = walk_on(l, t, granule);
    return l;
}

static inline unsigned walk_bucket(uintptr_t granule)
{
    return (unsigned)(granule * 0x9e3779b97f4a7c15U >> 52);
}

#endif
