/* What the orders of atomic operations mean (C17 7.17.3).
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_ORDER_H
#define LOCKSTEP_EXPLORE_RUNTIME_ORDER_H

#include "explore/runtime/state.h"

static inline bool order_acquires(int order)
{
    return order == __ATOMIC_ACQUIRE || order == __ATOMIC_CONSUME ||
           order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

static inline bool order_releases(int order)
{
    return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL ||
           order == __ATOMIC_SEQ_CST;
}

/* Orders weaker than sequential consistency allow more than is explored. */
static inline int order_noted(int order)
{
    if (order != __ATOMIC_SEQ_CST && active())
        state()->shared->learned |= LEARNED_WEAK;
    return order;
}

#endif
