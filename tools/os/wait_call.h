/* The system call that a thread is in, and whether it may ever return.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_WAIT_CALL_H
#define LOCKSTEP_OS_WAIT_CALL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct wait_call {
    bool known; /* false: unreadable, or not in a system call */
    long number;
    uint64_t args[6];
};

/* From /proc/PID/task/TID/syscall. */
struct wait_call wait_call_of(pid_t pid, pid_t tid);

/* Whether the call, of a thread of pid, has no time-out and waits for what
 * only the tree of the process itself could do. See os/blocked.h. */
bool wait_call_is_for_ever(const struct wait_call *c, pid_t pid);

#endif
