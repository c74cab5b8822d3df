/* What a blocked thread waits for: told from the system call it is in, the
 * words of memory that the call points to, and the functions on its stack.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_WAITS_H
#define LOCKSTEP_DETECTORS_SUPPORT_WAITS_H

#include "detectors/support/stacks.h"

/* X(name, text for "thread 1 waits at FILE:LINE ...") */
#define WAIT_LIST(X)                                                           \
    X(NONE, "")                                                                \
    X(MUTEX, "for")                                                            \
    X(READ_LOCK, "for read access to")                                         \
    X(WRITE_LOCK, "for write access to")                                       \
    X(JOIN, "for the end of")                                                  \
    X(CONDITION, "on condition")                                               \
    X(SEMAPHORE, "on semaphore")                                               \
    X(BARRIER, "at barrier")                                                   \
    X(ONCE, "for the end of the initialisation guarded by")                    \
    X(TEAM, "for the end of the parallel region")                              \
    X(CRITICAL, "to enter a critical section")                                 \
    X(CHILD, "for the end of")                                                 \
    X(READ, "to read from")                                                    \
    X(WRITE, "to write to")                                                    \
    X(FILE_LOCK, "for a file lock on")                                         \
    X(FIFO, "to open a FIFO whose other end nobody opens")                     \
    X(SIGNAL, "for a signal")                                                  \
    X(MESSAGE, "for a message")                                                \
    X(EVENT, "for an event on a file descriptor")                              \
    X(LIBC, "for a lock inside the C library")                                 \
    X(OTHER, "in a system call")

enum wait_kind {
#define WAIT_ENUM(name, text) WAIT_##name,
    WAIT_LIST(WAIT_ENUM)
#undef WAIT_ENUM
};

struct wait {
    enum wait_kind kind; /* NONE: it runs, or waits with a time-out */
    uint64_t word;       /* address of the futex, 0 for other calls */
    bool local;          /* the futex cannot be another process's */
    pid_t owner;  /* MUTEX, WRITE_LOCK, READ_LOCK, JOIN, CHILD: the thread (or
                   * child) waited for, as it calls itself; 0: unknown */
    int fd;       /* of READ, WRITE, FILE_LOCK; else -1 */
    char *object; /* name, owned; NULL if there is none */
};

const char *wait_text(enum wait_kind k);

/* Fills w, which wait_fini frees. */
void wait_of(const struct stacks *s, const struct thread *t, struct wait *w);
void wait_fini(struct wait *w);

/* Whether only an act of another thread, told to no one, can end the wait. */
bool wait_is_for_event(enum wait_kind k);

#endif
