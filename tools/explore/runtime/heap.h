/* The heap of the program: a block is where it is by the number of its thread
 * and by what that thread allocated before, and by nothing else, so that an
 * address does not depend on the interleaving; and no block is used twice in
 * one execution, so that every use of a freed one shows.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_HEAP_H
#define LOCKSTEP_EXPLORE_RUNTIME_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Stands before each block. */
struct heap_block {
    uint32_t magic;
    uint32_t thread; /* that allocated it */
    uint64_t size;
    uint64_t pc;       /* where it was allocated */
    uint64_t freed_pc; /* where it was freed; 0: it was not */
    uint32_t freed_by;
    uint32_t offset;          /* from the start of the chunk to the block */
    struct heap_block *older; /* of the same thread */
};

/* A zeroed block for that thread, or NULL when its arena is full. align is a
 * power of two. */
void *heap_new(uint32_t thread, size_t size, size_t align, uint64_t pc);

/* What stands before a block that heap_new gave out; NULL for anything else,
 * such as a block of libc's own heap. */
struct heap_block *heap_block_of(const void *block);

/* The block around an address, freed or not; NULL if there is none. */
struct heap_block *heap_find(uint64_t address);

/* Whether the address lies in the heap's range at all. */
bool heap_has(uint64_t address);

static inline uint64_t heap_start(const struct heap_block *b)
{
    return (uint64_t)(b + 1);
}

/* Forgets all blocks, of so many threads: others have none. */
void heap_reset(uint32_t threads);

/* Blocks given out since then. */
uint64_t heap_count(void);

/* Keeps the blocks that exist now over every heap_reset. */
void heap_keep(void);

#endif
