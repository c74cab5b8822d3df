/* Sequences that reverse a race.
 * SPDX-License-Identifier: MIT */
#include "explore/search/sequence.h"

#include <string.h>

/* What is left out: from the first event of each thread on. */
struct gone {
    uint64_t threads[WORDS];
    uint32_t first[OP_THREADS];
};

static void leave_out(struct gone *g, unsigned thread, uint32_t nth)
{
    if (bit(g->threads, thread))
        return;
    set_bit(g->threads, thread);
    g->first[thread] = nth;
}

static bool is_gone(const struct gone *g, const struct event *e)
{
    EACH_BIT(t, g->threads)
    if (t < e->width && e->clock[t] >= g->first[t])
        return true;
    return false;
}

static bool meets(const struct rival *r, const struct event *e)
{
    return notes_conflict(e->noted, e->touches, r->noted, r->touches);
}

static void widen(struct sequence *q, unsigned width)
{
    unsigned had = q->rival.width;
    if (width <= had)
        return;
    memset(q->clock + had, 0, (width - had) * sizeof *q->clock);
    q->rival.width = (uint16_t)width;
}

/* The clock of the rival when d is gone. */
static void count(struct sequence *q, const struct search *s,
                  const struct event *d, const struct rival *r)
{
    q->rival = (struct event){.noted = r->noted,
                              .touches = (uint16_t)r->touches,
                              .thread = r->thread,
                              .choice = r->choice,
                              .clock = q->clock,
                              .fickle = r->fickle || r->vague,
                              .nth = r->nth};
    q->any = r->vague;
    widen(q, r->width);
    if (r->past)
        memcpy(q->clock, r->past, r->width * sizeof *q->clock);
    for (uint32_t i = d->index + 1; i < r->end; i++) {
        const struct event *e = s->history.event[i];
        if (event_before(e, q->clock, q->rival.width) ||
            event_before(d, e->clock, e->width) || !meets(r, e))
            continue;
        widen(q, e->width);
        clock_join(q->clock, e->clock, e->width);
    }
}

static void add_rival(struct sequence *q)
{
    q->v[q->n++] = (struct place){&q->rival, true};
}

bool sequence_least(struct sequence *q, struct search *s, const struct event *d,
                    const struct rival *r)
{
    q->n = 0;
    q->v = arena_push(&s->arena, (r->end - d->index + 1) * sizeof *q->v);
    if (!q->v)
        return false;
    count(q, s, d, r);
    for (uint32_t i = d->index + 1; i < r->end; i++) {
        const struct event *e = s->history.event[i];
        if (event_before(e, q->clock, q->rival.width))
            q->v[q->n++] = (struct place){e, true};
    }
    add_rival(q);
    return true;
}

bool sequence_most(struct sequence *q, struct search *s, const struct event *d,
                   const struct rival *r)
{
    const struct history *h = &s->history;
    struct gone gone = {.threads = {0}};
    q->n = 0;
    q->v = arena_push(&s->arena, (h->n - d->index + 1) * sizeof *q->v);
    if (!q->v)
        return false;
    leave_out(&gone, d->thread, d->nth);
    leave_out(&gone, r->thread, r->nth);
    for (uint32_t i = d->index + 1; i < h->n; i++) {
        const struct event *e = h->event[i];
        if (is_gone(&gone, e))
            continue;
        if (i >= r->end && meets(r, e))
            leave_out(&gone, e->thread, e->nth);
        else
            q->v[q->n++] =
                (struct place){e, event_before(e, q->clock, q->rival.width)};
    }
    add_rival(q);
    return true;
}

static bool same_choice(const struct sequence *q, const struct event *e,
                        const struct head *head)
{
    if (head->any)
        return true;
    return e->choice == head->choice && (e != &q->rival || !q->any);
}

/* The first step of the head's thread; n when there is none. */
static uint32_t find_thread(const struct sequence *q, unsigned thread)
{
    uint32_t i = 0;
    while (i < q->n && q->v[i].event->thread != thread)
        i++;
    return i;
}

static bool can_be_first(const struct sequence *q, uint32_t i)
{
    const struct event *e = q->v[i].event;
    for (uint32_t k = 0; k < i; k++)
        if (event_before(q->v[k].event, e->clock, e->width))
            return false;
    return true;
}

static bool depends(const struct head *head, const struct event *e)
{
    return notes_conflict(head->noted, head->touches, e->noted, e->touches);
}

long sequence_head(const struct sequence *q, const struct head *head)
{
    uint32_t i = find_thread(q, head->thread);
    if (i < q->n)
        return same_choice(q, q->v[i].event, head) && can_be_first(q, i)
                   ? (long)i
                   : HEAD_NO;
    for (uint32_t k = 0; k < q->n; k++)
        if (depends(head, q->v[k].event))
            return HEAD_NO;
    return HEAD_APART;
}

/* Those before it that it is after. */
static void want_past(struct sequence *q, uint32_t i)
{
    const struct event *e = q->v[i].event;
    for (uint32_t k = 0; k < i; k++)
        q->v[k].wanted |= event_before(q->v[k].event, e->clock, e->width);
}

void sequence_want(struct sequence *q, const struct head *head)
{
    uint32_t i = find_thread(q, head->thread);
    if (i < q->n) {
        want_past(q, i);
        q->v[i].wanted |= !same_choice(q, q->v[i].event, head);
        return;
    }
    for (i = 0; i < q->n; i++)
        if (depends(head, q->v[i].event)) {
            want_past(q, i);
            q->v[i].wanted = true;
            return;
        }
}

void sequence_take_out(struct sequence *q, long i)
{
    if (i < 0)
        return;
    q->n--;
    for (uint32_t k = (uint32_t)i; k < q->n; k++)
        q->v[k] = q->v[k + 1];
}

void sequence_drop_unwanted(struct sequence *q)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < q->n; i++)
        if (q->v[i].wanted)
            q->v[n++] = q->v[i];
    q->n = n;
}
