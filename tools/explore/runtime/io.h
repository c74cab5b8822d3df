/* Reading from and writing to descriptors.
 * Source of the rules: POSIX.1-2017, read, write, recv, send.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_IO_H
#define LOCKSTEP_EXPLORE_RUNTIME_IO_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What is to be moved, between a descriptor and memory of the program. */
struct io {
    int fd;
    void *at;
    size_t n;
    int flags; /* of recv and send */
    uint64_t pc;
};

/* As read and recv, or as write and send, say. */
ssize_t io_read(struct io io);
ssize_t io_write(struct io io);

#endif
