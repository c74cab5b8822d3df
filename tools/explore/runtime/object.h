/* The mutexes, conditions and so on of one execution, by their addresses.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_OBJECT_H
#define LOCKSTEP_EXPLORE_RUNTIME_OBJECT_H

#include "explore/runtime/state.h"

enum object_kind {
    OBJECT_NONE,
    OBJECT_MUTEX,
    OBJECT_COND,
    OBJECT_RWLOCK,
    OBJECT_SPIN,
    OBJECT_BARRIER,
    OBJECT_ROUND, /* of a barrier */
    OBJECT_SEM,
    OBJECT_ONCE,
    OBJECT_STREAM,
    OBJECT_ATOMIC, /* an address that atomics order by */
};

struct object {
    uint64_t address;
    uint64_t pc; /* where it was made, or first used */
    enum object_kind kind;
    bool destroyed;
    bool initialised; /* by a call, not by its first use */
    int32_t gate;     /* see search/op.h */
    int32_t owner;    /* thread, -1: none */
    uint64_t owner_pc;
    int32_t count;   /* recursion; of a barrier: threads of a round */
    int32_t arrived; /* of the barrier's round */
    uint32_t round;  /* of a barrier; its rounds have an object each */
    int type;        /* of a mutex */
    bool robust, inconsistent, lost;
    int waiters;             /* of a condition */
    uint64_t mutex;          /* that the waiters of a condition gave up */
    struct clock clock;      /* what was released into it */
    struct clock read_clock; /* of a rwlock: by its readers */
    uint64_t comers[SHARED_THREADS / 64]; /* of a barrier: threads that came */
    int32_t queue; /* of a rwlock: 1 less the writers that wait */
    int32_t places[SHARED_THREADS]; /* by thread: of a condition 1 if it waits
                                     * and was not signalled; of a rwlock how
                                     * many times it reads */
    struct object *round_object;
};

/* What marks a mutex or a condition with its own address, in a word that glibc
 * needs for locks of other kinds only: in a copy it is another's. */
#define OBJECT_SIGN 0x4c53000000000000ull

static inline uint64_t object_sign(uint64_t address)
{
    return OBJECT_SIGN | address;
}

static inline bool object_signed(uint64_t word)
{
    return (word & 0xffff800000000000ull) == OBJECT_SIGN;
}

/* What is left in memory where an object was destroyed, so that one made anew
 * by its static initialiser is known. */
#define OBJECT_GONE 0x21646561u

/* Objects there can be in one execution. */
enum { OBJECTS = 1 << 15 };

/* The object at an address, made if there is none of that kind: *fresh tells.
 * NULL when there are too many. */
struct object *object_get(uint64_t address, enum object_kind kind, bool *fresh);

/* The object at an address, or NULL. */
struct object *object_find(uint64_t address, enum object_kind kind);

/* An object at no address, of this execution. */
struct object *object_new(enum object_kind kind);

void object_reset(void);

/* The next object in use after o, the first for NULL; NULL at the end. */
struct object *object_next(struct object *o);

#endif
