/* What the compilers call around plain accesses: the __tsan_ functions of gcc
 * 12 and clang 19, but for the atomics.
 * Source of the names: gcc's tsan.cc and sanitizer.def, LLVM's
 * ThreadSanitizer.cpp.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"

#include "explore/runtime/spin.h"
#include "explore/runtime/state.h"

#include <string.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define HOOK __attribute__((visibility("default"), noinline))
#define BODY __attribute__((used, noinline))

#define SIZED(n)                                                               \
    SPIN_ENTRY(__tsan_read##n)                                                 \
    BODY void __tsan_read##n##_body(void *a);                                  \
    BODY void __tsan_read##n##_body(void *a)                                   \
    {                                                                          \
        access_plain((uint64_t)a, n, EVENT_READ, PC);                          \
    }                                                                          \
    HOOK void __tsan_write##n(void *a);                                        \
    HOOK void __tsan_write##n(void *a)                                         \
    {                                                                          \
        access_plain((uint64_t)a, n, EVENT_WRITE, PC);                         \
    }                                                                          \
    HOOK void __tsan_read_write##n(void *a);                                   \
    HOOK void __tsan_read_write##n(void *a)                                    \
    {                                                                          \
        access_plain((uint64_t)a, n, EVENT_READ, PC);                          \
        access_plain((uint64_t)a, n, EVENT_WRITE, PC);                         \
    }                                                                          \
    HOOK void __tsan_unaligned_read##n(void *a);                               \
    HOOK void __tsan_unaligned_read##n(void *a)                                \
    {                                                                          \
        access_plain((uint64_t)a, n, EVENT_READ, PC);                          \
    }                                                                          \
    HOOK void __tsan_unaligned_write##n(void *a);                              \
    HOOK void __tsan_unaligned_write##n(void *a)                               \
    {                                                                          \
        access_plain((uint64_t)a, n, EVENT_WRITE, PC);                         \
    }                                                                          \
    HOOK void __tsan_unaligned_read_write##n(void *a);                         \
    HOOK void __tsan_unaligned_read_write##n(void *a)                          \
    {                                                                          \
        access_plain((uint64_t)a, n, EVENT_READ, PC);                          \
        access_plain((uint64_t)a, n, EVENT_WRITE, PC);                         \
    }                                                                          \
    HOOK void __tsan_volatile_read##n(void *a);                                \
    HOOK void __tsan_volatile_read##n(void *a)                                 \
    {                                                                          \
        access_plain((uint64_t)a, n, EVENT_READ, PC);                          \
    }                                                                          \
    HOOK void __tsan_volatile_write##n(void *a);                               \
    HOOK void __tsan_volatile_write##n(void *a)                                \
    {                                                                          \
        access_plain((uint64_t)a, n, EVENT_WRITE, PC);                         \
    }                                                                          \
    HOOK void __tsan_unaligned_volatile_read##n(void *a);                      \
    HOOK void __tsan_unaligned_volatile_read##n(void *a)                       \
    {                                                                          \
        access_plain((uint64_t)a, n, EVENT_READ, PC);                          \
    }                                                                          \
    HOOK void __tsan_unaligned_volatile_write##n(void *a);                     \
    HOOK void __tsan_unaligned_volatile_write##n(void *a)                      \
    {                                                                          \
        access_plain((uint64_t)a, n, EVENT_WRITE, PC);                         \
    }

SIZED(1)
SIZED(2)
SIZED(4)
SIZED(8)
SIZED(16)

HOOK void __tsan_read_range(void *a, size_t n);
HOOK void __tsan_read_range(void *a, size_t n)
{
    access_plain((uint64_t)a, n, EVENT_READ, PC);
}

HOOK void __tsan_write_range(void *a, size_t n);
HOOK void __tsan_write_range(void *a, size_t n)
{
    access_plain((uint64_t)a, n, EVENT_WRITE, PC);
}

HOOK void *__tsan_memcpy(void *to, const void *from, size_t n);
HOOK void *__tsan_memcpy(void *to, const void *from, size_t n)
{
    access_plain((uint64_t)from, n, EVENT_READ, PC);
    access_plain((uint64_t)to, n, EVENT_WRITE, PC);
    return memcpy(to, from, n);
}

HOOK void *__tsan_memmove(void *to, const void *from, size_t n);
HOOK void *__tsan_memmove(void *to, const void *from, size_t n)
{
    access_plain((uint64_t)from, n, EVENT_READ, PC);
    access_plain((uint64_t)to, n, EVENT_WRITE, PC);
    return memmove(to, from, n);
}

HOOK void *__tsan_memset(void *to, int byte, size_t n);
HOOK void *__tsan_memset(void *to, int byte, size_t n)
{
    access_plain((uint64_t)to, n, EVENT_WRITE, PC);
    return memset(to, byte, n);
}

/* Nothing to do here: no stack of calls is kept, the runtime is up by main. */
HOOK void __tsan_init(void);
HOOK void __tsan_init(void)
{
}

HOOK void __tsan_func_entry(void *pc);
HOOK void __tsan_func_entry(void *pc)
{
    (void)pc;
}

HOOK void __tsan_func_exit(void);
HOOK void __tsan_func_exit(void)
{
}

HOOK void __tsan_ignore_thread_begin(void);
HOOK void __tsan_ignore_thread_begin(void)
{
}

HOOK void __tsan_ignore_thread_end(void);
HOOK void __tsan_ignore_thread_end(void)
{
}
