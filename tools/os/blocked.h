/* Recognises a program that waits for ever: every thread of it is blocked with
 * nothing left that could wake it, and no CPU is burnt.
 *
 * A thread counts as blocked for ever when it is in a system call that has no
 * time-out (futex without one, join, wait4, read of a pipe...), by
 * /proc/PID/task/TID/syscall; one in a timed sleep is not. The helper thread
 * of the ThreadSanitizer runtime is left out.
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
    unsigned threads;   /* seen at that sample */
};

/* Takes one sample of leader and its descendants; true once every sample of
 * the last `seconds` found all threads blocked for ever, none having run in
 * between. Zero-initialise b. */
bool blocked_sample(struct blocked *b, pid_t leader, double seconds);

#endif
