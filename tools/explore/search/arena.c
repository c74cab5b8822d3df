/* A stack from the bottom, blocks of powers of two from the top.
 * SPDX-License-Identifier: MIT */
#include "explore/search/arena.h"

#include <assert.h>
#include <string.h>

static void *lacking(struct arena *a)
{
    a->full = true;
    return NULL;
}

void arena_pop(struct arena *a, char *mark)
{
    assert(mark <= a->low);
    a->low = mark;
}

/* The smallest k with 2^k >= bytes, at least 5. */
static unsigned size_class(size_t bytes)
{
    if (bytes <= 32)
        return 5;
    return 64 - (unsigned)__builtin_clzll(bytes - 1);
}

void *arena_take(struct arena *a, size_t bytes)
{
    unsigned k = size_class(bytes);
    if (k >= ARENA_SIZES)
        return lacking(a);
    void *block = a->spare[k];
    if (block) {
        memcpy(&a->spare[k], block, sizeof(void *));
        return block;
    }
    if ((size_t)(a->high - a->low) < (size_t)1 << k)
        return lacking(a);
    a->high -= (size_t)1 << k;
    return a->high;
}

void arena_give(struct arena *a, void *block, size_t bytes)
{
    unsigned k = size_class(bytes);
    memcpy(block, &a->spare[k], sizeof(void *));
    a->spare[k] = block;
}
