/* ^C and its like: a flag that every wait looks at, so that what has begun is
 * cleared away by those who began it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DOWNLOAD_INTERRUPT_H
#define LOCKSTEP_DOWNLOAD_INTERRUPT_H

#include "case.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>

/* The last signal that came, or 0; in memory that the processes share, so that
 * it need not be passed on. */
static atomic_int *interrupt_signal;

static inline int interrupted(void)
{
    return atomic_load_explicit(interrupt_signal, memory_order_relaxed);
}

static inline void interrupt_note(int number)
{
    atomic_store_explicit(interrupt_signal, number, memory_order_relaxed);
}

static inline sigset_t interrupt_set(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

/* From here on, calls that wait fail with EINTR when a signal comes. */
static inline void interrupt_catch(void)
{
    struct sigaction note = {.sa_handler = interrupt_note};
    sigemptyset(&note.sa_mask);
    interrupt_signal =
        mmap(NULL, sizeof *interrupt_signal, PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CASE_CHECK(interrupt_signal == MAP_FAILED ? -1 : 0);
    CASE_CHECK(sigaction(SIGINT, &note, NULL));
    CASE_CHECK(sigaction(SIGTERM, &note, NULL));
    CASE_CHECK(sigaction(SIGHUP, &note, NULL));
    signal(SIGPIPE, SIG_IGN); /* a peer that closes is an error number */
}

/* While they are held, a signal comes in a call that lets it in (epoll_pwait
 * with interrupt_none()) and not just before the wait, to be slept over. And
 * threads made meanwhile leave the signals to the one that makes them. */
static inline void interrupt_hold(bool hold)
{
    sigset_t set = interrupt_set();
    CASE_CHECK(pthread_sigmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL));
}

/* The mask of a call that lets all signals in. */
static inline const sigset_t *interrupt_none(void)
{
    static const sigset_t none; /* as of sigemptyset */
    return &none;
}

/* Ends the program as the signal would have, now that nothing is left to do;
 * whoever started it sees why. */
static inline void interrupt_die(void)
{
    int number = interrupted();
    fflush(NULL);
    signal(number, SIG_DFL);
    interrupt_hold(false);
    raise(number);
}

#endif
