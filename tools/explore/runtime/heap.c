/* A heap of bump allocators.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/heap.h"

#include "explore/runtime/layout.h"
#include "explore/runtime/state.h"

#include <string.h>

enum { MAGIC = 0x6b636c42 };

static uint64_t arena_start(uint32_t thread)
{
    return LAYOUT_HEAP + thread * LAYOUT_ARENA_SIZE;
}

static uint64_t align_up(uint64_t x, uint64_t align)
{
    return (x + align - 1) & ~(align - 1);
}

/* What an earlier execution left behind is wiped; beyond it all is zero. */
static void wipe(struct heap_arena *a, uint64_t from, uint64_t to)
{
    if (from < a->dirty)
        memset((void *)from, 0, (to < a->dirty ? to : a->dirty) - from);
    if (to > a->dirty)
        a->dirty = to;
}

void *heap_new(uint32_t thread, size_t size, size_t align, uint64_t pc)
{
    struct heap_arena *a = &state()->arenas[thread];
    if (a->next == 0)
        a->next = a->dirty = arena_start(thread);
    if (align < 16)
        align = 16;
    if (size > LAYOUT_ARENA_SIZE || align > LAYOUT_ARENA_SIZE)
        return NULL;
    uint64_t block = align_up(a->next + sizeof(struct heap_block), align);
    uint64_t end = align_up(block + size + 1, 16); /* apart from the next */
    if (end > arena_start(thread) + LAYOUT_ARENA_SIZE)
        return NULL;
    wipe(a, a->next, end);
    struct heap_block *b = (struct heap_block *)block - 1;
    *b = (struct heap_block){.magic = MAGIC,
                             .thread = thread,
                             .size = size,
                             .pc = pc,
                             .older = a->newest};
    a->newest = b;
    a->next = end;
    state()->blocks++;
    return (void *)block;
}

bool heap_has(uint64_t address)
{
    return address >= LAYOUT_HEAP &&
           address < LAYOUT_HEAP + SHARED_THREADS * LAYOUT_ARENA_SIZE;
}

struct heap_block *heap_find(uint64_t address)
{
    if (!heap_has(address))
        return NULL;
    uint64_t i = (address - LAYOUT_HEAP) / LAYOUT_ARENA_SIZE;
    struct heap_block *b = state()->arenas[i].newest;
    while (b && heap_start(b) > address)
        b = b->older;
    return b && address < heap_start(b) + b->size ? b : NULL;
}

struct heap_block *heap_block_of(const void *block)
{
    if (!heap_has((uint64_t)block))
        return NULL;
    struct heap_block *b = (struct heap_block *)(uintptr_t)block - 1;
    return b->magic == MAGIC ? b : NULL;
}

void heap_reset(uint32_t threads)
{
    struct state *s = state();
    for (uint32_t i = 0; i < threads; i++) {
        struct heap_arena *a = &s->arenas[i];
        a->next = a->kept_next ? a->kept_next : a->dirty ? arena_start(i) : 0;
        a->newest = a->kept_newest;
    }
    s->blocks = 0;
}

void heap_keep(void)
{
    struct state *s = state();
    for (uint32_t i = 0; i < SHARED_THREADS; i++) {
        s->arenas[i].kept_next = s->arenas[i].next;
        s->arenas[i].kept_newest = s->arenas[i].newest;
    }
}

uint64_t heap_count(void)
{
    return state()->blocks;
}
