/* Variants of a failing schedule, each with fewer switches.
 * SPDX-License-Identifier: MIT */
#include "explore/search/minimise.h"

#include <string.h>

/* The end of the block that begins at from. */
static uint32_t block_end(const struct minimise *m, uint32_t from)
{
    uint32_t i = from;
    while (i < m->n && m->best[i].thread == m->best[from].thread)
        i++;
    return i;
}

/* Where the k-th block begins; m->n when there are not so many. */
static uint32_t block_start(const struct minimise *m, uint32_t k)
{
    uint32_t i = 0;
    while (i < m->n && k-- > 0)
        i = block_end(m, i);
    return i;
}

/* The next step of a thread from i on; m->n when there is none. */
static uint32_t next_of(const struct minimise *m, unsigned thread, uint32_t i)
{
    while (i < m->n && m->best[i].thread != thread)
        i++;
    return i;
}

static void keep(struct minimise *m, uint32_t from, uint32_t to)
{
    memcpy(m->tried + m->n_tried, m->best + from,
           (to - from) * sizeof *m->best);
    m->n_tried += to - from;
}

/* Whether the variant exists for the block from..to. */
static bool build(struct minimise *m, uint32_t from, uint32_t to)
{
    uint32_t again = next_of(m, m->best[from].thread, to);
    bool moves = m->variant == MINIMISE_LATER || m->variant == MINIMISE_EARLIER;
    if (moves && again == m->n)
        return false;
    m->n_tried = 0;
    keep(m, 0, from);
    switch (m->variant) {
    case MINIMISE_LATER:
        keep(m, to, again);
        keep(m, from, to);
        keep(m, again, m->n);
        break;
    case MINIMISE_EARLIER:
        keep(m, from, to);
        keep(m, again, block_end(m, again));
        keep(m, to, again);
        keep(m, block_end(m, again), m->n);
        break;
    case MINIMISE_WITHOUT:
        keep(m, to, m->n);
        break;
    default:
        break; /* what is before it */
    }
    return true;
}

/* To the next kind of variant, or to a new round if one helped. */
static bool next_variant(struct minimise *m)
{
    m->block = 0;
    m->variant++;
    if (m->variant < MINIMISE_VARIANTS)
        return true;
    m->variant = MINIMISE_FIRST;
    bool again = m->improved;
    m->improved = false;
    return again;
}

bool minimise_next(struct minimise *m)
{
    for (;;) {
        uint32_t from = block_start(m, m->block);
        if (from == m->n) {
            if (!next_variant(m))
                return false;
            continue;
        }
        m->block++;
        if (build(m, from, block_end(m, from)))
            return true;
    }
}

static bool is_better(const struct minimise *m, struct search_switches cost,
                      uint32_t n)
{
    if (cost.preemptions != m->cost.preemptions)
        return cost.preemptions < m->cost.preemptions;
    if (cost.switches != m->cost.switches)
        return cost.switches < m->cost.switches;
    return n < m->n;
}

void minimise_failed(struct minimise *m, const struct op_step *steps,
                     uint32_t n, struct search_switches cost)
{
    if (m->failed && !is_better(m, cost, n))
        return;
    memcpy(m->best, steps, n * sizeof *steps);
    m->n = n;
    m->cost = cost;
    m->improved = m->failed;
    m->failed = true;
}
