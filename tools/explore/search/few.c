/* When the search of all schedules takes too long: those with no preemption,
 * then those with one, two, ..., each bound from its start, as far as the work
 * suffices. What a bound covers is exact: a depth-first search without any
 * reduction. Sleep sets would be wrong here, for the schedule that they leave a
 * trace to may have more preemptions than the bound allows.
 * Source: Musuvathi, Qadeer, Iterative context bounding, PLDI 2007.
 * SPDX-License-Identifier: MIT */
#include "explore/search/inside.h"

/* With one of these, not all within the bound was tried. */
#define HOLES (~(unsigned)(SEARCH_LIMIT_PREEMPTIONS | SEARCH_LIMIT_STEPS))

static bool begin(struct search *s, uint32_t preemptions)
{
    s->few.limits |= s->stats.limits & ~(unsigned)SEARCH_LIMIT_PREEMPTIONS;
    s->few.limits |= s->arena.full ? SEARCH_LIMIT_MEMORY : 0;
    s->stats.limits = 0;
    s->arena.full = false;
    s->bounded = true;
    s->preemptions = preemptions;
    return search_phase(s, SEARCH_DFS);
}

bool few_begin(struct search *s)
{
    uint64_t steps = s->stats.steps, room = UINT64_MAX - steps;
    if (!s->options.few)
        return false;
    s->few.on = true;
    s->few.until = steps + (s->options.few < room ? s->options.few : room);
    if (s->mode == SEARCH_DPOR)
        tree_leave(s);
    return begin(s, 0);
}

/* A bound that left out nothing covered all there is. */
static bool covered(struct search *s)
{
    unsigned limits = s->stats.limits;
    bool whole = !(limits & SEARCH_LIMIT_PREEMPTIONS);
    s->stats.exhausted = false;
    if ((limits & HOLES) || s->arena.full)
        return false;
    s->few.covered = s->preemptions + 1;
    if (!whole)
        return begin(s, s->preemptions + 1);
    s->few.limits &= ~(unsigned)SEARCH_LIMIT_WORK;
    s->stats.exhausted = true;
    return false;
}

bool few_goes_on(struct search *s, enum search_outcome how)
{
    if (!tree_next(s, how))
        return covered(s);
    return s->stats.steps < s->few.until;
}
