/* Bytes on their way from one descriptor to another: the inside of pipes,
 * socket pairs and event counters, in memory that every execution starts with
 * anew, so that nothing of it is the kernel's.
 * Source of the rules: POSIX.1-2017, read, write; pipe(7), unix(7), eventfd(2).
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_CHANNEL_H
#define LOCKSTEP_EXPLORE_RUNTIME_CHANNEL_H

#include "explore/runtime/state.h"

#include <stddef.h>

enum {
    CHANNELS = 256,          /* of one execution */
    CHANNEL_ROOM = 64 << 10, /* bytes */
    CHANNEL_ATOMIC = 4096,   /* bytes that are written all at once or not */
    CHANNEL_ENDED = 1 << 24, /* what the gates gain at the end */
    CHANNEL_COUNT = 1 << 22, /* the most that an event counter counts */
};

/* A reader goes on while `filled` is above 0, a writer while `room` is enough:
 * both, too, when the other side is gone. */
struct channel {
    int32_t filled, room; /* gates: see search/op.h */
    int32_t bytes;        /* or the count */
    uint32_t first;       /* of the bytes, in data */
    bool ended;           /* nobody will write any more */
    bool broken;          /* nobody will read any more */
    bool counts;          /* an event counter, */
    bool one_by_one;      /* that is read one by one */
    struct clock clock;   /* of those who wrote */
    char data[CHANNEL_ROOM];
};

/* A new one, empty; NULL when there are too many. */
struct channel *channel_new(void);

/* Adds to the latest choice of p what reading at most n bytes, or writing them,
 * is now. `waits`: the operation is not open until it can be done. */
void channel_touch_read(struct pending *p, struct channel *c, size_t n,
                        bool waits, bool peeks);
void channel_touch_write(struct pending *p, struct channel *c, size_t n,
                         bool waits);

/* The same for a look at whether it could be done: no change, no waiting. */
void channel_touch_look(struct pending *p, const struct channel *c, bool write);
/* The same, open only while it could (or, with `under`, could not). */
void channel_touch_ready(struct pending *p, const struct channel *c, bool write,
                         bool under);
bool channel_readable(const struct channel *c);
bool channel_writable(const struct channel *c);

/* The same for the end of one side. */
void channel_touch_end(struct pending *p, struct channel *c, bool writers);

/* Does it, as far as that goes; how many bytes. */
size_t channel_read(struct channel *c, void *to, size_t n, bool peeks);
size_t channel_write(struct channel *c, const void *from, size_t n);
void channel_end(struct channel *c, bool writers);

/* An event counter: what is read from it, what is added to it. */
uint64_t channel_take(struct channel *c);
void channel_add(struct channel *c, int32_t n);

void channel_reset(void);

#endif
