/* Finds the races that another execution can reverse.
 *
 * An event d and a later operation of another thread race when they depend on
 * each other, the later one is not after d by its thread's past alone, and it
 * could have been done without d: with d and all that is after it taken out,
 * every gate of the operation still has what it needs. So the unlock before a
 * lock is looked through, to the lock before it. Among the races of one
 * operation those count that are not before another one (Abdulla et al. 2017,
 * section 4; that blocked operations race, too, is from Flanagan & Godefroid,
 * Dynamic partial-order reduction for model checking software, POPL 2005).
 * SPDX-License-Identifier: MIT */
#include "explore/search/inside.h"
#include "explore/search/walk.h"

#include <string.h>

/* The last link of the chain in which the gates' other users are. */
static const struct link *users(const struct history *h, const struct rival *r,
                                const struct noted *n)
{
    if (!r->event)
        return h->bucket[walk_bucket(walk_granule(&n->touch))];
    for (unsigned i = 0; i < r->event->n_links; i++)
        if (r->event->links[i].noted == n)
            return r->event->links[i].prev;
    return NULL;
}

/* The gate's value for r if d, and what is after it, had not been. */
static int64_t value_without(const struct history *h, const struct rival *r,
                             const struct noted *n, const struct event *d)
{
    int64_t value = n->value;
    const struct link *l = users(h, r, n);
    for (; l && l->event->index >= d->index; l = l->prev) {
        const struct touch *t = &l->noted->touch;
        if (l->event->index < r->end && l->granule == walk_granule(&n->touch) &&
            t->gate && t->object == n->touch.object &&
            event_before(d, l->event->clock, l->event->width))
            value -= t->delta;
    }
    return value;
}

static bool can_come_before(const struct history *h, const struct rival *r,
                            const struct event *d)
{
    for (unsigned i = 0; i < r->touches; i++) {
        const struct touch *t = &r->noted[i].touch;
        if (t->gate && (t->need > 0 || t->under) &&
            touch_shut(t, value_without(h, r, &r->noted[i], d)))
            return false;
    }
    return true;
}

static void keep_open(struct search *s, const struct event *d,
                      const struct event *e, const struct other *other)
{
    struct open_race *o = arena_take(&s->arena, sizeof *o);
    if (!o)
        return;
    *o = (struct open_race){s->open, d, e, other};
    s->open = o;
}

static void reverse(struct search *s, const struct event *d,
                    const struct rival *r)
{
    if (s->mode == SEARCH_SOURCE)
        source_reverse(s, d, r);
    else if (!wakeup_reverse(s, d, r) && r->at)
        keep_open(s, d, r->at, r->other);
}

/* Whether all that was done before r is in its past anyway. */
static bool alone(const struct history *h, const struct rival *r)
{
    EACH_BIT(t, h->known)
    {
        const struct event *e = h->last[t];
        if (t == r->thread || !e)
            continue;
        while (e && e->index >= r->end)
            e = e->before;
        if (e && !event_before(e, r->past, r->width))
            return false;
    }
    return true;
}

static void races(struct search *s, struct walk *w, const struct rival *r)
{
    uint32_t hidden[OP_THREADS]; /* what is before a race found already */
    unsigned width = 0;
    if (w->linear && alone(&s->history, r))
        return;
    for (const struct event *d; (d = walk_next(w));) {
        if (event_before(d, r->past, r->width) ||
            event_before(d, hidden, width)) {
            walk_past(w);
            continue;
        }
        if (!can_come_before(&s->history, r, d))
            continue;
        reverse(s, d, r);
        if (r->closed || r->vague)
            continue; /* that reversal may lead nowhere */
        if (width < d->width)
            memset(hidden + width, 0, (d->width - width) * sizeof *hidden);
        width = width < d->width ? d->width : width;
        clock_join(hidden, d->clock, d->width);
        walk_past(w);
    }
}

/* A rival of the same thread and place as an event. */
static struct rival rival_at(const struct history *h, const struct event *e)
{
    const struct event *past = e->before ? e->before : h->born[e->thread];
    return (struct rival){.past = past ? past->clock : NULL,
                          .width = past ? past->width : 0,
                          .at = e,
                          .nth = e->nth,
                          .thread = e->thread,
                          .end = e->index};
}

static struct rival rival_of_event(const struct history *h,
                                   const struct event *e)
{
    struct rival r = rival_at(h, e);
    r.event = e;
    r.noted = e->noted;
    r.touches = e->touches;
    r.choice = e->choice;
    r.vague = e->vague;
    r.fickle = e->fickle;
    return r;
}

/* Doing one choice of an operation ends the others: those that are open are
 * done in other executions, those that are shut may have been open before. */
static struct rival rival_of_other(const struct history *h,
                                   const struct event *e, const struct other *o)
{
    struct rival r = rival_at(h, e);
    r.other = o;
    r.noted = o->noted;
    r.touches = o->touches;
    r.choice = o->choice;
    r.closed = o->closed;
    r.vague = o->vague;
    r.fickle = o->fickle;
    return r;
}

static void races_of_event(struct search *s, const struct event *e)
{
    struct rival r = rival_of_event(&s->history, e);
    struct walk w;
    walk_from_event(&w, &s->history, e);
    races(s, &w, &r);
}

static void races_of_other(struct search *s, const struct event *e,
                           const struct other *o)
{
    struct rival r = rival_of_other(&s->history, e, o);
    struct walk w;
    walk_from_end(&w, &s->history, r.noted, r.touches);
    walk_back_to(&w, e->index);
    races(s, &w, &r);
}

void races_still_open(struct search *s)
{
    struct open_race **at = &s->open;
    while (*at) {
        struct open_race *o = *at;
        struct rival r = o->other ? rival_of_other(&s->history, o->e, o->other)
                                  : rival_of_event(&s->history, o->e);
        if (!wakeup_reverse(s, o->d, &r)) {
            at = &o->next;
            continue;
        }
        *at = o->next;
        arena_give(&s->arena, o, sizeof *o);
    }
}

void forget_open(struct search *s, uint32_t first)
{
    while (s->open && s->open->e->index >= first) {
        struct open_race *o = s->open;
        s->open = o->next;
        arena_give(&s->arena, o, sizeof *o);
    }
}

void races_of_events(struct search *s, uint32_t first)
{
    const struct history *h = &s->history;
    for (uint32_t i = first; i < h->n; i++) {
        if (!h->event[i]->last_resort) /* that can come before nothing */
            races_of_event(s, h->event[i]);
        for (const struct other *o = s->frame[i]->others; o; o = o->next)
            races_of_other(s, h->event[i], o);
    }
}

void note_others(struct search *s, struct frame *f, struct op_step taken)
{
    const struct op *op = &s->view->op[taken.thread];
    bool vague = op_is_vague(op);
    for (unsigned i = 0; i < op->n; i++) {
        const struct op_choice *c = &op->choices[i];
        if (i == taken.choice || c->last_resort || op_choice_open(c))
            continue;
        struct other *o = arena_push(&s->arena, sizeof *o);
        struct noted *noted =
            arena_push(&s->arena, (c->n + 1u) * sizeof *noted);
        if (!o || !noted)
            return;
        note(noted, c);
        *o = (struct other){f->others, noted, c->n ? c->n : 1, (uint8_t)i,
                            c->closed, vague, op->fickle};
        f->others = o;
    }
}

static void races_of_choice(struct search *s, unsigned thread, unsigned choice)
{
    const struct op *op = &s->view->op[thread];
    const struct op_choice *c = &op->choices[choice];
    struct history *h = &s->history;
    char *mark = h->arena->low;
    struct noted *noted = arena_push(h->arena, (c->n + 1u) * sizeof *noted);
    if (!noted)
        return;
    note(noted, c);
    struct rival r = {.noted = noted,
                      .nth = h->last[thread] ? h->last[thread]->nth + 1 : 1,
                      .touches = c->n ? c->n : 1,
                      .thread = (uint8_t)thread,
                      .choice = (uint8_t)choice,
                      .closed = c->closed,
                      .vague = op_is_vague(op),
                      .fickle = op->fickle,
                      .end = h->n};
    r.past = history_clock(h, thread, &r.width);
    struct walk w;
    walk_from_end(&w, h, r.noted, r.touches);
    races(s, &w, &r);
    arena_pop(h->arena, mark);
}

void races_of_pending(struct search *s, bool open)
{
    history_meet(&s->history, s->view); /* whom the last event created */
    EACH_BIT(t, s->view->live)
    {
        const struct op *op = &s->view->op[t];
        if (op->fickle)
            s->view->refresh(s->view, t);
        for (unsigned c = 0; c < op->n; c++)
            if (!op->choices[c].last_resort &&
                (open || !op_choice_open(&op->choices[c])))
                races_of_choice(s, t, c);
    }
}
