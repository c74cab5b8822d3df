/* Maps the runtime's memory.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/layout.h"

#include "explore/runtime/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int runtime_mapped = 0;

static void map(uint64_t at, size_t n)
{
    void *p =
        mmap((void *)at, n, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE,
             -1, 0);
    if (p != (void *)at) {
        fprintf(stderr, "lockstep: no memory can be mapped at 0x%llx\n",
                (unsigned long long)at);
        _exit(125);
    }
}

void layout_map(void)
{
    map(LAYOUT_STATE, LAYOUT_STATE_SIZE);
    map(LAYOUT_POOL, LAYOUT_POOL_SIZE);
    map(LAYOUT_OBJECTS, LAYOUT_OBJECTS_SIZE);
    map(LAYOUT_VISIBLE, LAYOUT_VISIBLE_SIZE);
    map(LAYOUT_CHANNELS, LAYOUT_CHANNELS_SIZE);
    map(LAYOUT_TABLE, LAYOUT_TABLE_SIZE);
    map(LAYOUT_SHADOW, LAYOUT_SHADOW_SIZE);
    map(LAYOUT_HEAP, SHARED_THREADS * LAYOUT_ARENA_SIZE);
    map(LAYOUT_STACKS, SHARED_THREADS * LAYOUT_STACK_SIZE);
    for (uint64_t i = 0; i < SHARED_THREADS; i++)
        mprotect((void *)(LAYOUT_STACKS + i * LAYOUT_STACK_SIZE), LAYOUT_GUARD,
                 PROT_NONE);
}

void runtime_map(void)
{
    if (runtime_mapped)
        return;
    layout_map();
    runtime_mapped = 1;
}
