/* A scheduling point: the thread says what it is about to do, parks, and does
 * it when its turn has come.
 *
 *     struct pending *p = point_begin(EVENT_LOCK, address, pc);
 *     struct touch *t = point_touch(p, address, 1, TOUCH_WRITE);
 *     ...
 *     unsigned choice = point(p);
 *     (do it: no other thread runs before the next point)
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_POINT_H
#define LOCKSTEP_EXPLORE_RUNTIME_POINT_H

#include "explore/runtime/state.h"

/* Starts the description with one choice that has no touch. The execution must
 * be under way: active(). */
struct pending *point_begin(enum event_kind kind, uint64_t object, uint64_t pc);

/* Adds another choice. */
struct op_choice *point_choice(struct pending *p);

/* Forgets all choices but one empty one: for refresh functions. */
void point_again(struct pending *p);

/* Adds a touch to the latest choice. */
struct touch *point_touch(struct pending *p, uint64_t object, uint32_t size,
                          enum touch_mode mode);

/* The same with a gate. */
void point_gate(struct pending *p, uint64_t object, enum touch_mode mode,
                const int32_t *gate, int32_t need, int32_t delta);

/* The same with a gate that opens below `need`. */
void point_under(struct pending *p, uint64_t object, enum touch_mode mode,
                 const int32_t *gate, int32_t need);

/* For who adds a choice that touches nothing more. */
void point_nothing(struct pending *p);

/* Parks until it is this thread's turn; which choice it is to be. */
unsigned point(struct pending *p);

/* What the thread in p does has no choice but depends on memory. */
void point_fickle(struct pending *p, void (*refresh)(struct pending *p));

/* Ends the execution; does not come back. */
__attribute__((noreturn)) void point_end(enum search_outcome how);

/* The current thread, at pc, has done what takes as long as so many steps
 * without being one. Where that is too much, the execution ends, and does not
 * come back. */
void point_toil(uint32_t steps, uint64_t pc);

/* Remembers what the program does; if that is new, this execution is void and
 * the search starts over, and there is no way back. */
void point_learn(enum learned what);

static inline bool point_learned(unsigned what)
{
    return state()->shared->learned & what;
}

/* Happens-before: all that the current thread did so far happens before what
 * comes after the acquisition of the same clock. */
void point_release(struct clock *c);
void point_acquire(const struct clock *c);

/* Atomic accesses: park, tell the race detector, order. True. */
bool point_atomic(uint64_t address, size_t n, enum event_kind kind,
                  bool acquires, bool releases, uint64_t pc);

struct cas {
    const volatile void *address;
    const void *expected;
    size_t n;
    bool weak; /* it may fail without cause */
};

/* The same for a compare-and-exchange: whether it will succeed. */
bool point_cas(const struct cas *cas, bool acquires, bool releases,
               bool acquires_failed, uint64_t pc);

void point_fence(bool acquires, bool releases);

/* Goes on with whoever is chosen; comes back when it is `from`'s turn. */
void point_next(struct thread *from);

/* The first step of an execution, from outside of all threads; comes back when
 * it has ended. */
void point_first(void);

/* For the search: struct op_view's refresh. */
void point_refresh(struct op_view *view, unsigned thread);

/* This code runs in a thread that the runtime did not make: says so aloud and
 * ends the process. */
_Noreturn void thread_foreign(void);

#endif
