/* What the threads of an explored program do, one by one.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_EVENT_H
#define LOCKSTEP_EXPLORE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

/* The kinds, with what to say of them. The text is followed by the object. */
#define EVENT_LIST(X)                                                          \
    X(NONE, "does nothing with")                                               \
    X(READ, "reads")                                                           \
    X(WRITE, "writes")                                                         \
    X(FREE, "frees")                                                           \
    X(ATOMIC_READ, "atomically reads")                                         \
    X(ATOMIC_WRITE, "atomically writes")                                       \
    X(ATOMIC_UPDATE, "atomically updates")                                     \
    X(START, "starts")                                                         \
    X(END, "ends")                                                             \
    X(CREATE, "creates")                                                       \
    X(JOIN, "joins")                                                           \
    X(DETACH, "detaches")                                                      \
    X(CANCEL, "cancels")                                                       \
    X(EXIT, "ends the program")                                                \
    X(LOCK, "locks mutex")                                                     \
    X(TRYLOCK, "tries to lock mutex")                                          \
    X(TIMEDLOCK, "locks, with a time-out, mutex")                              \
    X(UNLOCK, "unlocks mutex")                                                 \
    X(MUTEX_INIT, "initialises mutex")                                         \
    X(MUTEX_DESTROY, "destroys mutex")                                         \
    X(WAIT, "begins to wait on condition")                                     \
    X(WAKE, "wakes up from condition")                                         \
    X(SIGNAL, "signals condition")                                             \
    X(BROADCAST, "broadcasts condition")                                       \
    X(COND_INIT, "initialises condition")                                      \
    X(COND_DESTROY, "destroys condition")                                      \
    X(RDLOCK, "read-locks")                                                    \
    X(WRLOCK, "write-locks")                                                   \
    X(TRYRDLOCK, "tries to read-lock")                                         \
    X(TRYWRLOCK, "tries to write-lock")                                        \
    X(RWUNLOCK, "unlocks rwlock")                                              \
    X(RW_INIT, "initialises rwlock")                                           \
    X(RW_DESTROY, "destroys rwlock")                                           \
    X(SPIN_LOCK, "locks spin lock")                                            \
    X(SPIN_TRYLOCK, "tries to lock spin lock")                                 \
    X(SPIN_UNLOCK, "unlocks spin lock")                                        \
    X(SPIN_INIT, "initialises spin lock")                                      \
    X(SPIN_DESTROY, "destroys spin lock")                                      \
    X(BARRIER_ARRIVE, "arrives at barrier")                                    \
    X(BARRIER_LEAVE, "leaves barrier")                                         \
    X(BARRIER_INIT, "initialises barrier")                                     \
    X(BARRIER_DESTROY, "destroys barrier")                                     \
    X(SEM_WAIT, "waits for semaphore")                                         \
    X(SEM_TRYWAIT, "tries semaphore")                                          \
    X(SEM_POST, "posts semaphore")                                             \
    X(SEM_VALUE, "reads the value of semaphore")                               \
    X(SEM_INIT, "initialises semaphore")                                       \
    X(SEM_DESTROY, "destroys semaphore")                                       \
    X(ONCE, "enters once-control")                                             \
    X(ONCE_DONE, "completes once-control")                                     \
    X(YIELD, "yields")                                                         \
    X(SLEEP, "sleeps")                                                         \
    X(FD_READ, "reads from descriptor")                                        \
    X(FD_WRITE, "writes to descriptor")                                        \
    X(FD_OPEN, "opens a descriptor")                                           \
    X(FD_CLOSE, "closes descriptor")                                           \
    X(FD_OTHER, "uses descriptor")                                             \
    X(POLL, "polls descriptors")                                               \
    X(STREAM, "uses stream")                                                   \
    X(SIGNAL_WAIT, "waits for")                                                \
    X(LIBRARY, "calls a function that uses")

enum event_kind {
#define EVENT_ENUM(name, text) EVENT_##name,
    EVENT_LIST(EVENT_ENUM)
#undef EVENT_ENUM
        EVENT_KINDS
};

/* Of memory, which it names, and whether it changes something there. */
static inline bool event_is_access(unsigned kind)
{
    return kind >= EVENT_READ && kind <= EVENT_ATOMIC_UPDATE;
}

static inline bool event_writes(unsigned kind)
{
    return kind != EVENT_READ && kind != EVENT_ATOMIC_READ;
}

struct event {
    uint64_t pc;      /* the return address into the program */
    uint64_t address; /* of the object; of a thread: its number */
    uint64_t before, after;
    uint32_t hook; /* its number within the thread, from 1 */
    uint16_t thread;
    uint8_t kind;
    uint8_t size;   /* bytes that before and after have; 0: no value */
    uint8_t choice; /* how it turned out, where that could differ */
    uint8_t step;   /* 1: others could have run before it */
    uint8_t breaks; /* 1: the thread that ran before could have gone on */
    uint8_t early;  /* 1: a sleep whose end others could have been before */
    uint8_t pad[4];
};

#endif
