/* malloc and its kin, from the deterministic heap.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/heap.h"
#include "explore/runtime/point.h"

#include <errno.h>
#include <malloc.h>
#include <string.h>

#define PC ((uint64_t)__builtin_return_address(0))

/* Blocks that a real heap could give. */
#define PLAUSIBLE (1ull << 40)

static void *allocate(size_t n, size_t align, uint64_t pc)
{
    runtime_map();
    struct state *s = state();
    if (s->running)
        s->current->spin.mark++;
    void *block = heap_new(s->running ? s->current->id : 0, n, align, pc);
    if (block)
        return block;
    if (s->running && n <= PLAUSIBLE) { /* where there is more, it would be */
        doubt(DOUBT_MEMORY, "malloc");
        point_end(SEARCH_ENDED_CAP);
    }
    errno = ENOMEM;
    return NULL;
}

/* What malloc gives is not zero for long in a real program: bytes that make no
 * address and no lock. */
enum { RUBBISH = 0xa5, RUBBISH_MOST = 64 << 10 };

static void *soiled(void *block, size_t from, size_t n)
{
    if (block && active() && n > from)
        memset((char *)block + from, RUBBISH,
               n - from < RUBBISH_MOST ? n - from : RUBBISH_MOST);
    return block;
}

static void release(void *block, uint64_t pc)
{
    struct heap_block *b = heap_block_of(block);
    if (!block || !active())
        return;
    if (!b) {
        if (heap_has((uint64_t)block))
            bug_misuse("free of what is no block", (uint64_t)block, pc);
        return; /* libc's own, from before main: kept */
    }
    struct thread *t = state()->current;
    t->spin.mark++;
    access_free((uint64_t)block, b->size ? b->size : 1, pc);
    b->freed_pc = pc;
    b->freed_by = t->id;
}

void *__wrap_malloc(size_t n);
void *__wrap_malloc(size_t n)
{
    return soiled(allocate(n, 16, PC), 0, n);
}

void *__wrap_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size)
{
    size_t all;
    if (__builtin_mul_overflow(n, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    return allocate(all, 16, PC);
}

void __wrap_free(void *block);
void __wrap_free(void *block)
{
    int saved = errno;
    release(block, PC);
    errno = saved;
}

static void *resize(void *old, size_t n, uint64_t pc)
{
    const struct heap_block *b = heap_block_of(old);
    void *new = allocate(n, 16, pc);
    if (!new || !old)
        return soiled(new, 0, n);
    soiled(new, b ? b->size : 0, n);
    if (b) {
        size_t kept = b->size < n ? b->size : n;
        access_plain((uint64_t)old, kept, EVENT_READ, pc);
        memcpy(new, old, kept);
    } else { /* libc's own, such as from getcwd */
        size_t kept = malloc_usable_size(old);
        memcpy(new, old, kept < n ? kept : n);
    }
    release(old, pc);
    return new;
}

void *__wrap_realloc(void *old, size_t n);
void *__wrap_realloc(void *old, size_t n)
{
    return resize(old, n, PC);
}

void *__wrap_reallocarray(void *old, size_t n, size_t size);
void *__wrap_reallocarray(void *old, size_t n, size_t size)
{
    size_t all;
    if (__builtin_mul_overflow(n, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    return resize(old, all, PC);
}

void *__wrap_aligned_alloc(size_t align, size_t n);
void *__wrap_aligned_alloc(size_t align, size_t n)
{
    return soiled(allocate(n, align, PC), 0, n);
}

void *__wrap_memalign(size_t align, size_t n);
void *__wrap_memalign(size_t align, size_t n)
{
    return soiled(allocate(n, align, PC), 0, n);
}

int __wrap_posix_memalign(void **block, size_t align, size_t n);
int __wrap_posix_memalign(void **block, size_t align, size_t n)
{
    if (align < sizeof(void *) || (align & (align - 1)))
        return EINVAL;
    void *p = allocate(n, align, PC);
    if (!p)
        return ENOMEM;
    *block = soiled(p, 0, n);
    return 0;
}

size_t __wrap_malloc_usable_size(void *block);
size_t __wrap_malloc_usable_size(void *block)
{
    const struct heap_block *b = heap_block_of(block);
    return b ? b->size : 0;
}
