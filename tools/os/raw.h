/* System calls made straight to the kernel, for the code that runs between
 * clone and exec in a copy of a process with several threads: a libc wrapper
 * may be a cancellation point, or be intercepted by a sanitizer's run-time
 * that wants a lock which another thread held at the moment of the clone.
 * Results are as for syscall(2): -1 and errno.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_RAW_H
#define LOCKSTEP_OS_RAW_H

#include <sys/syscall.h>
#include <unistd.h>

#define RAW(name, ...) syscall(SYS_##name, ##__VA_ARGS__)

#endif
