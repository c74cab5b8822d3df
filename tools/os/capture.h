/* Keeps the start and the end of a stream of any length in bounded memory.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_CAPTURE_H
#define LOCKSTEP_OS_CAPTURE_H

#include "os/proc.h"

/* Up to `head` bytes, then a ring of the last `tail` bytes. */
struct capture {
    struct buf head, ring;
    size_t head_max, tail_max;
    size_t next;  /* where in a full ring the oldest byte is */
    size_t total; /* bytes seen */
};

void capture_init(struct capture *c, size_t head_max, size_t tail_max);
void capture_fini(struct capture *c);
void capture_add(struct capture *c, const char *bytes, size_t n);

/* Reads once from fd, which does not block: bytes read, 0 at the end of the
 * stream, -1 when there is nothing now. */
long capture_read(struct capture *c, int fd);

/* Moves what was kept into out and leaves c empty. */
void capture_take(struct capture *c, struct proc_output *out);

#endif
