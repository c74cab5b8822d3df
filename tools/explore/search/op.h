/* What a thread is about to do, as the search sees it: which objects it
 * touches, whether it can go on, and what else could come of it.
 *
 * Two operations of different threads are dependent when two of their touches
 * overlap and are neither both TOUCH_READ nor both TOUCH_COMMUTE of one class.
 * Everything else follows from that: the happens-before order, what is a trace
 * (Mazurkiewicz 1977), and what the partial-order reductions leave out. So the
 * contract of who fills this in:
 *
 * 1. What an operation does, whether it is enabled, which choices it has and
 *    what its touches are depend only on its own thread's past and on the
 *    objects that the touches name (those of the choice in question).
 * 2. The touches shown for an operation are what it does if it is taken next:
 *    a compare-and-exchange that would fail now is a TOUCH_READ, a trylock
 *    that would fail likewise. `fickle` says that they must be asked anew.
 * 3. Addresses and thread numbers do not depend on how independent operations
 *    are interleaved: number threads by search_thread(), take heap blocks from
 *    a region of the allocating thread and do not reuse them in an execution
 *    (or make malloc and free touch a common object).
 *
 * 4. Every choice that an operation could have is listed at all times, open or
 *    not, and has the same number: who a signal wakes, by thread number.
 *
 * Blocking is told by gates. A gate is a counter of an object; an operation
 * goes on while its counter is at least `need` (with `under`: while it is
 * less), and `delta` is added by doing it. From that the search computes
 * whether an operation could have been done before an earlier one, that is,
 * which races can be reversed at all (it looks through an unlock to the lock
 * before it):
 *
 *     mutex       gate 1 when free     lock: need 1, delta -1; unlock: +1
 *                                      trylock that gets it: delta -1
 *                                      trylock that fails: READ
 *                                      owner of a recursive one: no touch
 *                 timedlock            another choice: READ, under 1
 *     semaphore   its value            wait: need 1, delta -1; post: +1
 *     rwlock      M when free, M > all readers  read: need 1, delta -1, back +1
 *                                      write: need M, delta -M, back +M
 *     barrier of n, one object for each round   gate 0
 *                                      arrive: COMMUTE, delta +1 (only while no
 *                                      more than n threads use it: else WRITE,
 *                                      and of one object for all rounds, too)
 *                                      leave: READ, need n
 *     thread      gate 0               its last operation: delta +1
 *                                      join: READ, need 1
 *     condvar     Q: who waits         place(t), one for each thread: 1 while
 *                                      t waits and was not signalled
 *                 wait, first half     Q +1; place +1; mutex +1
 *                 wait, second half    place READ, under 1; mutex as lock
 *                   timed out, spurious: another choice: Q -1;
 *                                      place need 1, delta -1; mutex as lock
 *                 signal               choice 0: Q READ, under 1 (nobody)
 *                                      choice 1 + t, for each thread t there
 *                                      is: Q -1; place(t) need 1, delta -1
 *                 broadcast to k       Q -k; place -1 of each; k = 0: Q READ
 *     budget of timeouts               each choice that takes one: need 1, -1
 *     once        gate: 1 when nobody runs it: as a mutex; once it is done
 *                                      WRITE, need 1: a READ would be taken
 *                                      for one that could come before the run
 *     exit of the process              TOUCH_EVERYTHING
 *     sleep, yield                     no touch at all
 *
 * (WRITE where nothing else is said.) What cannot be told by gates has
 * `closed`. Creating a thread needs no touch: a thread first seen after an
 * operation is born of it. A choice with several gates needs all of them.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_OP_H
#define LOCKSTEP_EXPLORE_SEARCH_OP_H

#include <stdbool.h>
#include <stdint.h>

#define OP_THREADS 128 /* in one execution */
#define OP_CHOICES 160 /* of one operation */

enum touch_mode { TOUCH_READ, TOUCH_WRITE, TOUCH_COMMUTE };

struct touch {
    uintptr_t object; /* its first byte */
    uint32_t size;    /* in bytes, > 0; 1 will do for a mutex and its like;
                       * TOUCH_EVERYTHING: all there is */
    uint8_t mode;     /* enum touch_mode */
    uint8_t class;    /* of TOUCH_COMMUTE */
    bool under;       /* the gate must be less than need, not at least */
    int32_t need;     /* of the gate; 0 never blocks, unless under */
    int32_t delta;
    const int32_t *gate; /* the counter now; NULL when there is none. One gate
                          * for each object address, in all its touches */
};

#define TOUCH_EVERYTHING UINT32_MAX

/* One way in which the operation can go: a waiter to wake, a timeout, ... */
struct op_choice {
    const struct touch *touches; /* borrowed while the operation is pending */
    uint16_t n;
    bool closed;      /* it cannot be taken now, for a reason no gate tells:
                       * the search then assumes less (slower, still sound);
                       * op.vague must be set wherever it could be closed
                       * without what others did since it was pending */
    bool last_resort; /* only when no other choice of any thread is enabled: a
                       * timeout without budget. Needs no touch for that. */
};

struct op {
    const struct op_choice *choices; /* borrowed likewise */
    uint16_t n;                      /* > 0 */
    bool yields; /* going on here is not a preemption when another runs */
    bool fickle; /* its choices depend on memory: refresh before looking */
    bool vague;  /* a choice is closed, or would be had others done less */
};

/* What the runtime keeps up to date; the search only reads it. Every live
 * thread is parked before op[thread]; one that has ended is not live. */
struct op_view {
    uint64_t live[OP_THREADS / 64]; /* bit t % 64 of live[t / 64]: thread t */
    struct op op[OP_THREADS];
    /* Brings op[thread], which is fickle, up to date. */
    void (*refresh)(struct op_view *view, unsigned thread);
};

/* A decision: the choice-th way of the operation of a thread. */
struct op_step {
    uint8_t thread;
    uint8_t choice;
};

static inline bool op_is_live(const struct op_view *view, unsigned thread)
{
    return view->live[thread / 64] >> thread % 64 & 1;
}

/* Whether a gate of that value does not let a touch pass. */
static inline bool touch_shut(const struct touch *t, int64_t value)
{
    bool below = value < t->need;
    return t->under ? !below : below & (t->need > 0);
}

/* Whether no gate is shut and nothing else told; says nothing of last_resort,
 * which is for the search to weigh. */
static inline bool op_choice_open(const struct op_choice *choice)
{
    if (choice->closed)
        return false;
    for (unsigned i = 0; i < choice->n; i++) {
        const struct touch *t = &choice->touches[i];
        if (t->gate && touch_shut(t, *t->gate))
            return false;
    }
    return true;
}

/* Whether what can be chosen is not told by gates alone. */
static inline bool op_is_vague(const struct op *op)
{
    if (op->vague)
        return true;
    for (unsigned i = 0; i < op->n; i++)
        if (op->choices[i].closed)
            return true;
    return false;
}

/* Of two that do not touch everything. */
static inline bool touch_overlap(const struct touch *a, const struct touch *b)
{
    return a->object < b->object + b->size && b->object < a->object + a->size;
}

/* Likewise: whether all of one is touched by the other. */
static inline bool touch_within(const struct touch *a, const struct touch *b)
{
    return a->object >= b->object && a->object + a->size <= b->object + b->size;
}

/* Whether the touches of two operations of different threads overlap and do
 * not commute. */
static inline bool touch_conflict(const struct touch *a, const struct touch *b)
{
    if (a->mode == TOUCH_READ && b->mode == TOUCH_READ)
        return false;
    if (a->mode == TOUCH_COMMUTE && b->mode == TOUCH_COMMUTE &&
        a->class == b->class)
        return false;
    if (a->size == TOUCH_EVERYTHING || b->size == TOUCH_EVERYTHING)
        return true;
    return touch_overlap(a, b);
}

#endif
