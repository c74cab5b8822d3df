/* A thread that polls under a lock goes round for ever while nobody changes
 * what it looks at: it locks, looks, unlocks, perhaps sleeps, and locks again,
 * in exactly the state that it was in before. One more turn leads to where it
 * is, so it is left out: the thread is parked before that lock until something
 * that it read in the turn has another value.
 *
 * Exactly the same: program counter, registers and live stack, nothing written
 * but to its own stack, no operation but locks and unlocks of mutexes that even
 * out, sleeps, yields and reads, no more held in between than here. What it
 * read becomes visible, so that a write to it is a step that the search knows
 * the parked operation to depend on.
 *
 * Why that hides nothing: take any execution, and in it one turn more than is
 * run here. It changed nothing; what others did meanwhile they could do, too,
 * if the thread had waited where the turn began, for they wait for the lock but
 * cannot see that it is held. So the turn can be taken out, and the next one
 * put in its place. Where a program does look - by trylock, a timed lock, the
 * clock, a cancellation - no circle is closed.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_CIRCLE_H
#define LOCKSTEP_EXPLORE_RUNTIME_CIRCLE_H

#include "explore/runtime/state.h"

#include <stddef.h>

struct object;

/* The current thread is about to lock o, which is what p says, and its entry
 * was noted by SPIN_ENTRY: if it has come full circle, p changes. */
void circle_lock(struct pending *p, struct object *o);

/* The current thread got o, or gave it up. */
void circle_took(const struct object *o);
void circle_gave(const struct object *o);

/* The current thread reads that, now; the first is for the second alone. */
void circle_note(struct circle *c, uint64_t address, size_t n);

static inline void circle_read(struct thread *t, uint64_t address, size_t n)
{
    if (t->circle.anchor && !t->circle.blurred)
        circle_note(&t->circle, address, n);
}

/* The program asks whether a mutex is held: to this the turns that are left out
 * would matter. */
void circle_observed(void);

/* Its turn has come though it was parked in a circle: something is new. */
void circle_left(struct thread *t);

#endif
