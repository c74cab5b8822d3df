/* Atomic operations on what is wider than any instruction: those of libatomic,
 * which is not needed then. It has a lock for each, so that they are as atomic
 * as the others.
 * Source of the names: "Atomic/GCCMM/LIbrary" of gcc's wiki; C17 7.17.5.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/order.h"
#include "explore/runtime/point.h"

#include <fenv.h>
#include <string.h>

#define PC ((uint64_t)__builtin_return_address(0))

void __wrap___atomic_load(size_t n, const void *from, void *to, int order);
void __wrap___atomic_load(size_t n, const void *from, void *to, int order)
{
    point_atomic((uint64_t)from, n, EVENT_ATOMIC_READ,
                 order_acquires(order_noted(order)), false, PC);
    memcpy(to, from, n);
    access_plain((uint64_t)to, n, EVENT_WRITE, PC);
}

void __wrap___atomic_store(size_t n, void *to, const void *from, int order);
void __wrap___atomic_store(size_t n, void *to, const void *from, int order)
{
    access_plain((uint64_t)from, n, EVENT_READ, PC);
    point_atomic((uint64_t)to, n, EVENT_ATOMIC_WRITE, false,
                 order_releases(order_noted(order)), PC);
    memcpy(to, from, n);
}

void __wrap___atomic_exchange(size_t n, void *at, const void *new, void *old,
                              int order);
void __wrap___atomic_exchange(size_t n, void *at, const void *new, void *old,
                              int order)
{
    access_plain((uint64_t) new, n, EVENT_READ, PC);
    point_atomic((uint64_t)at, n, EVENT_ATOMIC_UPDATE,
                 order_acquires(order_noted(order)), order_releases(order), PC);
    memcpy(old, at, n);
    memcpy(at, new, n);
    access_plain((uint64_t)old, n, EVENT_WRITE, PC);
}

bool __wrap___atomic_compare_exchange(size_t n, void *at, void *expected,
                                      const void *new, int order, int failed);
bool __wrap___atomic_compare_exchange(size_t n, void *at, void *expected,
                                      const void *new, int order, int failed)
{
    access_plain((uint64_t) new, n, EVENT_READ, PC);
    access_plain((uint64_t)expected, n, EVENT_READ, PC);
    struct cas cas = {at, expected, n, false};
    if (point_cas(&cas, order_acquires(order_noted(order)),
                  order_releases(order), order_acquires(failed), PC)) {
        memcpy(at, new, n);
        return true;
    }
    memcpy(expected, at, n);
    access_plain((uint64_t)expected, n, EVENT_WRITE, PC);
    return false;
}

/* As libatomic answers where the processor has cmpxchg16b. */
bool __wrap___atomic_is_lock_free(size_t n, const void *at);
bool __wrap___atomic_is_lock_free(size_t n, const void *at)
{
    return n != 0 && (n & (n - 1)) == 0 && n <= 16 && (uint64_t)at % n == 0;
}

/* Of the floating-point numbers, which gcc updates by compare-and-exchange. */
void __wrap___atomic_feraiseexcept(int exceptions);
void __wrap___atomic_feraiseexcept(int exceptions)
{
    feraiseexcept(exceptions);
}
