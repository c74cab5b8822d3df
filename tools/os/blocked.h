/* Recognises a program that waits for ever: every thread of it is blocked with
 * nothing left that could wake it, and no CPU is burnt.
 *
 * A thread counts as blocked for ever when it sleeps in a system call that has
 * no time-out, by /proc/PID/task/TID/syscall:
 *   - futex (mutex, condition variable, join...), wait4, waitid, pause,
 *     sigsuspend, sigwait, file locks, System V and POSIX queues, semaphores;
 *   - reading or writing a pipe, an eventfd or a Unix socket, as long as the
 *     caller does not hold the same pipe, as it does those of proc_run;
 *   - poll, select and epoll, while the process has nothing open through which
 *     the world could wake it: no network socket, timer, terminal...
 * All else is not for ever: a timed sleep, a timed wait, a network peer, a
 * thread that is stopped or runs. What is unreadable is never called blocked.
 *
 * Beyond what can be known from outside: a Unix socket, a queue, a file lock
 * or shared memory whose other side is outside the tree; SO_RCVTIMEO; an
 * interval timer (alarm, timer_create) that will interrupt the wait.
 *
 * The background thread of the ThreadSanitizer runtime, which naps 0.1 s at a
 * time, is left out. It is told by all of: a process of more than 16 TiB of
 * address space (the shadow), its second thread, all real-time signals
 * blocked, a nap by nanosleep(2) (programs get clock_nanosleep from glibc).
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_BLOCKED_H
#define LOCKSTEP_OS_BLOCKED_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct blocked {
    double since;       /* clock_now() of the first sample of this stillness */
    uint64_t cpu_ticks; /* of the tree at that sample */
    uint64_t switches;  /* context switches of the tree at that sample */
    uint64_t calls;     /* a hash of who waits in which call for what */
    unsigned threads;   /* seen at that sample */
};

/* Takes one sample of leader and its descendants; for a leader that this
 * process started by proc_run, also of what its tree has orphaned. True once
 * every sample of the last `seconds` found all threads blocked for ever, none
 * having run in between. Zero-initialise b. */
bool blocked_sample(struct blocked *b, pid_t leader, double seconds);

#endif
