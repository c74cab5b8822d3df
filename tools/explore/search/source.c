/* Source sets: which thread to explore from where a race can be reversed.
 * SPDX-License-Identifier: MIT */
#include "explore/search/inside.h"

#include <string.h>

/* What is to be done instead of d and what is after it: the other events since,
 * then the rival. Its initials are the threads that can be first. */
struct initials {
    uint64_t set[WORDS];
    uint64_t seen[WORDS];
    uint32_t first[OP_THREADS]; /* the nth of the first event of those seen */
    unsigned leader;            /* an initial; OP_THREADS before any */
};

static bool after_any(const struct initials *in, const uint32_t *clock,
                      unsigned width)
{
    EACH_BIT(t, in->seen)
    if (t < width && clock[t] >= in->first[t])
        return true;
    return false;
}

static void see(struct initials *in, unsigned thread, uint32_t nth,
                bool initial)
{
    set_bit(in->seen, thread);
    in->first[thread] = nth;
    if (!initial)
        return;
    set_bit(in->set, thread);
    if (in->leader == OP_THREADS)
        in->leader = thread;
}

/* The rival's own: what it is after when d is gone. */
static bool rival_first(const struct search *s, const struct initials *in,
                        const struct event *d, const struct rival *r)
{
    if (after_any(in, r->past, r->width))
        return false;
    for (uint32_t i = d->index + 1; i < r->end; i++) {
        const struct event *e = s->history.event[i];
        if (!event_before(d, e->clock, e->width) &&
            notes_conflict(e->noted, e->touches, r->noted, r->touches))
            return false;
    }
    return true;
}

static void find_initials(const struct search *s, struct initials *in,
                          const struct event *d, const struct rival *r)
{
    memset(in->set, 0, sizeof in->set);
    memset(in->seen, 0, sizeof in->seen);
    in->leader = OP_THREADS;
    for (uint32_t i = d->index + 1; i < r->end; i++) {
        const struct event *e = s->history.event[i];
        if (!bit(in->seen, e->thread) && !event_before(d, e->clock, e->width))
            see(in, e->thread, e->nth, !after_any(in, e->clock, e->width));
    }
    if (!bit(in->seen, r->thread) && rival_first(s, in, d, r)) {
        see(in, r->thread, r->nth, true);
        in->leader = r->thread;
    }
}

void source_reverse(struct search *s, const struct event *d,
                    const struct rival *r)
{
    struct frame *f = s->frame[d->index];
    struct initials in;
    find_initials(s, &in, d, r);
    for (unsigned i = 0; i < WORDS; i++)
        if (in.set[i] & f->wanted[i])
            return;
    if (in.leader < OP_THREADS && bit(f->enabled, in.leader)) {
        set_bit(f->wanted, in.leader);
        return;
    }
    for (unsigned i = 0; i < WORDS; i++) /* be on the safe side */
        f->wanted[i] |= f->enabled[i];
}
