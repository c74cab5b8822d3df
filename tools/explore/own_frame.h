/* What of a function's own frame others may know: the compilers take the
 * address of it by `lea`, and give no hooks to copies of it that are passed or
 * returned by value.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_OWN_FRAME_H
#define LOCKSTEP_EXPLORE_OWN_FRAME_H

#include "base/vec.h"
#include "explore/instruction.h"

#include <stdbool.h>

/* Bytes of the frame, by their distance from its register. */
struct span {
    long from, to;
};

VEC_TYPE(spans, struct span);

/* Zero-initialise; own_frame_fini is owed. */
struct own_frame {
    struct spans taken;  /* of these the function takes the address */
    bool wild;           /* it takes others, who knows which */
    struct spans pieces; /* that the block accesses, as far as they touch */
    struct spans read, written; /* that hooks have announced */
    char holder[8];             /* the register with an address, or "" */
    long held;
    bool argument; /* rdi has one, too */
    long passed;
};

/* A function begins at text; a block of it does. */
void own_frame_function(struct own_frame *f, const char *text);
void own_frame_block(struct own_frame *f, const char *text);

/* Follows where addresses of the frame go. */
void own_frame_follow(struct own_frame *f, const struct instruction *l);

/* A hook is called: whether it is for the frame, which is noted then. */
bool own_frame_announce(struct own_frame *f, long n, bool reads, bool writes);

/* Another function is called: nothing is announced any more. */
void own_frame_called(struct own_frame *f);

/* Whether an operand is of the frame, without an index, and where. */
bool own_frame_at(const char *operand, long *at);

/* Whether other threads may access it, and no hook has announced it. */
bool own_frame_is_bare(const struct own_frame *f, long at, long n, bool write);

void own_frame_fini(struct own_frame *f);

#endif
