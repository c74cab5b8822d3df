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

/* A block, together with the thread's next one, there or here. False when the
 * thread has none. */
static bool move(struct minimise *m, uint32_t from)
{
    uint32_t to = block_end(m, from);
    uint32_t again = next_of(m, m->best[from].thread, to);
    if (again == m->n)
        return false;
    uint32_t end = block_end(m, again);
    m->n_tried = 0;
    keep(m, 0, from);
    if (m->variant == MINIMISE_LATER) {
        keep(m, to, again);
        keep(m, from, to);
        keep(m, again, m->n);
    } else {
        keep(m, from, to);
        keep(m, again, end);
        keep(m, to, again);
        keep(m, end, m->n);
    }
    return true;
}

static void leave_out(struct minimise *m, uint32_t from, uint32_t to)
{
    m->n_tried = 0;
    keep(m, 0, from);
    keep(m, to, m->n);
}

static uint32_t blocks(const struct minimise *m)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->n; i = block_end(m, i))
        n++;
    return n;
}

static bool by_steps(const struct minimise *m)
{
    return m->variant == MINIMISE_SHORTER;
}

static uint32_t units(const struct minimise *m)
{
    return by_steps(m) ? m->n : blocks(m);
}

static uint32_t unit_start(const struct minimise *m, uint32_t k)
{
    return by_steps(m) ? k : block_start(m, k);
}

/* The next stretch to leave out, from the last ones on; false when none of any
 * size is left. */
static bool next_stretch(struct minimise *m)
{
    uint32_t all = units(m);
    if (m->at > all)
        m->at = all;
    if (m->size == 0) {
        m->size = m->at = all;
    } else if (m->at == 0) {
        m->size /= 2;
        m->at = all;
    }
    if (m->size == 0)
        return false;
    uint32_t from = m->at > m->size ? m->at - m->size : 0;
    leave_out(m, unit_start(m, from), unit_start(m, m->at));
    m->at = from;
    return true;
}

static bool next_move(struct minimise *m)
{
    for (;;) {
        uint32_t from = block_start(m, m->at);
        if (from == m->n)
            return false;
        m->at++;
        if (move(m, from))
            return true;
    }
}

/* To the next kind of variant, or to a new round if one helped. */
static bool next_variant(struct minimise *m)
{
    m->at = m->size = 0;
    m->variant++;
    if (m->variant == MINIMISE_SHORTER && !m->brief)
        m->variant++;
    if (m->variant < MINIMISE_VARIANTS)
        return true;
    m->variant = MINIMISE_WITHOUT;
    bool again = m->improved;
    m->improved = false;
    return again;
}

bool minimise_next(struct minimise *m)
{
    for (;;) {
        bool moves =
            m->variant == MINIMISE_LATER || m->variant == MINIMISE_EARLIER;
        if (moves ? next_move(m) : next_stretch(m))
            return true;
        if (!next_variant(m))
            return false;
    }
}

static bool is_better(const struct minimise *m, struct search_switches cost,
                      uint32_t n)
{
    if (!m->brief && cost.preemptions != m->cost.preemptions)
        return cost.preemptions < m->cost.preemptions;
    if (cost.switches != m->cost.switches)
        return cost.switches < m->cost.switches;
    return n < m->n;
}

void minimise_failed(struct minimise *m, const struct op_step *steps,
                     uint32_t n, struct search_switches cost)
{
    if (!m->failed)
        m->most = 2 * n + 100;
    m->news = !m->failed || (n <= m->most && is_better(m, cost, n));
    if (!m->news)
        return;
    memcpy(m->best, steps, n * sizeof *steps);
    m->n = n;
    m->cost = cost;
    m->improved = m->failed;
    m->failed = true;
}
