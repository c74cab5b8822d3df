/* The file descriptors of the program: a table as POSIX has it, in which pipes,
 * socket pairs and event counters are modelled, and all else is the kernel's,
 * which no restart puts back: a doubt.
 * Source of the rules: POSIX.1-2017, pipe, dup, close, fcntl.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_FD_H
#define LOCKSTEP_EXPLORE_RUNTIME_FD_H

#include "explore/runtime/channel.h"

enum { FDS = 256 };

/* An open file description: what descriptors refer to. */
struct description {
    uint32_t refs;       /* descriptors; 0: unused */
    struct channel *in;  /* that is read, or NULL */
    struct channel *out; /* that is written to, or NULL */
    int real;            /* the kernel's descriptor, or -1 */
    int standard;        /* 1, 2: stdout, stderr; else 0 */
    bool socket, nonblocking;
    int access; /* O_RDONLY, ... */
};

/* What a descriptor refers to, or NULL. */
struct description *fd_get(int fd);

/* Adds the touches of who uses it. */
void fd_touch(struct pending *p, int fd);

/* The descriptor is used, now: it is told if it is closed at the same time. */
void fd_used(int fd, uint64_t pc);

/* Makes a descriptor of the lowest number of it. -1 with errno. The others as
 * POSIX says; pc is where the program calls. */
int fd_open_real(int real, uint64_t pc);
int fd_pair(int fds[2], bool sockets, int flags, uint64_t pc);
int fd_event(unsigned count, int flags, uint64_t pc);
int fd_duplicate(int fd, int least, uint64_t pc);
int fd_duplicate_to(int fd, int to, uint64_t pc);
int fd_close(int fd, uint64_t pc);
int fd_control(int fd, int command, long argument, uint64_t pc);
int fd_shutdown(int fd, int how, uint64_t pc);

/* At the start of an execution. */
void fd_reset(void);

#endif
