/* Copies out, copies back.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/snapshot.h"

#include "explore/runtime/heap.h"
#include "explore/runtime/state.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The linker's: the first and the last byte of the variables. */
extern char __data_start[], _end[];

struct saved {
    char *at;
    size_t n;
    char *copy;
};

/* Set once, before the first restore. They are themselves among the data, so
 * the copy has to be taken when they are final. */
static struct saved variables, blocks;

static void save(struct saved *s, char *at, size_t n)
{
    *s = (struct saved){.at = at, .n = n};
    if (n == 0)
        return;
    void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                   -1, 0);
    if (p == MAP_FAILED)
        _exit(125); /* without it no execution would be like the first */
    s->copy = p;
}

void snapshot_take(void)
{
    heap_keep();
    const struct heap_arena *a = &state()->arenas[0];
    save(&blocks, (char *)LAYOUT_HEAP,
         a->kept_next ? a->kept_next - LAYOUT_HEAP : 0);
    save(&variables, __data_start, (uintptr_t)_end - (uintptr_t)__data_start);
    if (blocks.n)
        memcpy(blocks.copy, blocks.at, blocks.n);
    if (variables.n)
        memcpy(variables.copy, variables.at, variables.n);
}

void snapshot_restore(void)
{
    if (variables.n)
        memcpy(variables.at, variables.copy, variables.n);
    if (blocks.n)
        memcpy(blocks.at, blocks.copy, blocks.n);
}

bool snapshot_has(uint64_t address)
{
    return address >= (uint64_t)__data_start && address < (uint64_t)_end;
}
