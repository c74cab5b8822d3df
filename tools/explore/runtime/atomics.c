/* What the compilers call for atomic operations. They are explored as
 * sequentially consistent; their order decides only what happens before what,
 * for the race detector.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/order.h"
#include "explore/runtime/point.h"
#include "explore/runtime/spin.h"

#include <stdbool.h>
#include <stdint.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define HOOK __attribute__((visibility("default"), noinline))
#define BODY __attribute__((used, noinline))

typedef uint8_t a8;
typedef uint16_t a16;
typedef uint32_t a32;
typedef uint64_t a64;
__extension__ typedef unsigned __int128 a128;

static bool before_read(const volatile void *a, size_t n, int order,
                        uint64_t pc)
{
    return point_atomic((uint64_t)a, n, EVENT_ATOMIC_READ,
                        order_acquires(order_noted(order)), false, pc);
}

static void before_write(const volatile void *a, size_t n, int order,
                         uint64_t pc)
{
    point_atomic((uint64_t)a, n, EVENT_ATOMIC_WRITE, false,
                 order_releases(order_noted(order)), pc);
}

static void before_update(const volatile void *a, size_t n, int order,
                          uint64_t pc)
{
    point_atomic((uint64_t)a, n, EVENT_ATOMIC_UPDATE,
                 order_acquires(order_noted(order)), order_releases(order), pc);
}

#define FETCH(bits, name, result)                                              \
    HOOK a##bits __tsan_atomic##bits##_fetch_##name(volatile a##bits *a,       \
                                                    a##bits v, int order);     \
    HOOK a##bits __tsan_atomic##bits##_fetch_##name(volatile a##bits *a,       \
                                                    a##bits v, int order)      \
    {                                                                          \
        before_update(a, sizeof *a, order, PC);                                \
        a##bits old = *a;                                                      \
        *a = (a##bits)(result);                                                \
        return old;                                                            \
    }

/* A compare-and-exchange is a read if it fails: which of the two is known when
 * its turn has come. */
#define EXCHANGE_IF(bits, name, is_weak)                                       \
    SPIN_ENTRY(__tsan_atomic##bits##_compare_exchange_##name)                  \
    BODY int __tsan_atomic##bits##_compare_exchange_##name##_body(             \
        volatile a##bits *a, a##bits *expected, a##bits v, int order,          \
        int failed);                                                           \
    BODY int __tsan_atomic##bits##_compare_exchange_##name##_body(             \
        volatile a##bits *a, a##bits *expected, a##bits v, int order,          \
        int failed)                                                            \
    {                                                                          \
        struct cas cas = {a, expected, sizeof *a, is_weak};                    \
        bool equal =                                                           \
            point_cas(&cas, order_acquires(order_noted(order)),                \
                      order_releases(order), order_acquires(failed), PC);      \
        if (equal)                                                             \
            *a = v;                                                            \
        else                                                                   \
            *expected = *a;                                                    \
        return equal;                                                          \
    }

#define ATOMICS(bits)                                                          \
    SPIN_ENTRY(__tsan_atomic##bits##_load)                                     \
    BODY a##bits __tsan_atomic##bits##_load_body(const volatile a##bits *a,    \
                                                 int order);                   \
    BODY a##bits __tsan_atomic##bits##_load_body(const volatile a##bits *a,    \
                                                 int order)                    \
    {                                                                          \
        before_read(a, sizeof *a, order, PC);                                  \
        return *a;                                                             \
    }                                                                          \
    HOOK void __tsan_atomic##bits##_store(volatile a##bits *a, a##bits v,      \
                                          int order);                          \
    HOOK void __tsan_atomic##bits##_store(volatile a##bits *a, a##bits v,      \
                                          int order)                           \
    {                                                                          \
        before_write(a, sizeof *a, order, PC);                                 \
        *a = v;                                                                \
    }                                                                          \
    HOOK a##bits __tsan_atomic##bits##_exchange(volatile a##bits *a,           \
                                                a##bits v, int order);         \
    HOOK a##bits __tsan_atomic##bits##_exchange(volatile a##bits *a,           \
                                                a##bits v, int order)          \
    {                                                                          \
        before_update(a, sizeof *a, order, PC);                                \
        a##bits old = *a;                                                      \
        *a = v;                                                                \
        return old;                                                            \
    }                                                                          \
    FETCH(bits, add, old + v)                                                  \
    FETCH(bits, sub, old - v)                                                  \
    FETCH(bits, and, old &v)                                                   \
    FETCH(bits, or, old | v)                                                   \
    FETCH(bits, xor, old ^ v)                                                  \
    FETCH(bits, nand, ~(old & v))                                              \
    EXCHANGE_IF(bits, strong, false)                                           \
    EXCHANGE_IF(bits, weak, true)                                              \
    SPIN_ENTRY(__tsan_atomic##bits##_compare_exchange_val)                     \
    BODY a##bits __tsan_atomic##bits##_compare_exchange_val_body(              \
        volatile a##bits *a, a##bits expected, a##bits v, int order,           \
        int failed);                                                           \
    BODY a##bits __tsan_atomic##bits##_compare_exchange_val_body(              \
        volatile a##bits *a, a##bits expected, a##bits v, int order,           \
        int failed)                                                            \
    {                                                                          \
        struct cas cas = {a, &expected, sizeof *a, false};                     \
        bool equal =                                                           \
            point_cas(&cas, order_acquires(order_noted(order)),                \
                      order_releases(order), order_acquires(failed), PC);      \
        a##bits old = *a;                                                      \
        if (equal)                                                             \
            *a = v;                                                            \
        return old;                                                            \
    }

/* `lockstep cc` has clang call it before each compare-and-exchange that is
 * weak, whose hook cannot be told to fail. */
HOOK void lockstep_weak_exchange(void);
HOOK void lockstep_weak_exchange(void)
{
    if (active())
        state()->shared->learned |= LEARNED_FEEBLE;
}

ATOMICS(8)
ATOMICS(16)
ATOMICS(32)
ATOMICS(64)
ATOMICS(128)

HOOK void __tsan_atomic_thread_fence(int order);
HOOK void __tsan_atomic_thread_fence(int order)
{
    point_fence(order_acquires(order_noted(order)), order_releases(order));
}

HOOK void __tsan_atomic_signal_fence(int order);
HOOK void __tsan_atomic_signal_fence(int order)
{
    (void)order; /* of the compiler only */
}
