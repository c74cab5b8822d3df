/* Wakeup trees: which sequences to explore from where a race can be reversed,
 * so that no execution is begun in vain (Abdulla et al. 2017, section 6).
 * SPDX-License-Identifier: MIT */
#include "explore/search/inside.h"

#include <string.h>

/* A sequence to be explored: events of the history, then the rival, whose
 * clock was made for the place where it would be. */
struct sequence {
    const struct event **v;
    uint32_t n;
    const struct event *rival;
    bool any; /* choice of the rival is meant */
};

bool asleep(const struct frame *f, unsigned thread, unsigned choice)
{
    for (const struct sleeper *z = f->sleep; z; z = z->next)
        if (z->thread == thread && z->choice == choice)
            return true;
    return false;
}

/* The first step of a twig or sleeper, as the test below wants it. */
struct head {
    const struct noted *noted;
    uint16_t touches;
    uint8_t thread, choice;
    bool any;
};

static bool same_choice(const struct sequence *q, const struct event *e,
                        const struct head *head)
{
    if (head->any)
        return true;
    return e->choice == head->choice && (e != q->rival || !q->any);
}

enum { NOT_IN_IT = -1, NO_START = -2 };

/* Whether the sequence can be done after the head as well, since the head is
 * its step at the returned place that can be first, or depends on none of it
 * (NOT_IN_IT); NO_START when neither: the head is no weak initial. */
static long weak_initial(const struct sequence *q, const struct head *head)
{
    for (uint32_t i = 0; i < q->n; i++) {
        const struct event *e = q->v[i];
        if (e->thread != head->thread)
            continue;
        if (!same_choice(q, e, head))
            return NO_START;
        for (uint32_t k = 0; k < i; k++)
            if (event_before(q->v[k], e->clock, e->width))
                return NO_START;
        return i;
    }
    for (uint32_t i = 0; i < q->n; i++)
        if (notes_conflict(head->noted, head->touches, q->v[i]->noted,
                           q->v[i]->touches))
            return NO_START;
    return NOT_IN_IT;
}

static void take_out(struct sequence *q, long i)
{
    if (i < 0)
        return;
    q->n--;
    for (uint32_t k = (uint32_t)i; k < q->n; k++)
        q->v[k] = q->v[k + 1];
}

static struct twig *twig_new(struct search *s, const struct event *e)
{
    size_t noted = e->touches * sizeof *e->noted;
    struct twig *t = arena_take(&s->arena, sizeof *t + noted);
    if (!t)
        return NULL;
    *t = (struct twig){
        .touches = e->touches, .thread = e->thread, .choice = e->choice};
    memcpy(t->noted, e->noted, noted);
    return t;
}

static void twig_free(struct search *s, struct twig *t)
{
    arena_give(&s->arena, t, sizeof *t + t->touches * sizeof *t->noted);
}

/* Without recursion: the children of each go to the list's front. */
void twigs_free(struct search *s, struct twig *t)
{
    while (t) {
        struct twig *next = t->sibling, *last = t->child;
        if (last) {
            while (last->sibling)
                last = last->sibling;
            last->sibling = next;
            next = t->child;
        }
        twig_free(s, t);
        t = next;
    }
}

/* Hangs the sequence below *end as one branch. */
static void grow(struct search *s, struct twig **end, const struct sequence *q)
{
    struct twig **start = end;
    for (uint32_t i = 0; i < q->n; i++) {
        *end = twig_new(s, q->v[i]);
        if (!*end) {
            twigs_free(s, *start);
            *start = NULL;
            return;
        }
        (*end)->rival = q->v[i] == q->rival;
        (*end)->any = q->any && (*end)->rival;
        end = &(*end)->child;
    }
}

/* Adds the sequence, unless a branch there leads to it anyway. */
static void insert(struct search *s, struct frame *f, struct sequence *q)
{
    struct twig **at = &f->todo;
    while (*at && q->n) {
        struct twig *t = *at;
        const struct head head = {t->noted, t->touches, t->thread, t->choice,
                                  t->any};
        long i = weak_initial(q, &head);
        if (i == NO_START) {
            at = &t->sibling;
            continue;
        }
        if (!t->child)
            return;
        take_out(q, i);
        at = &t->child;
    }
    if (q->n)
        grow(s, at, q);
}

static bool covered(const struct frame *f, const struct sequence *q)
{
    for (const struct sleeper *z = f->sleep; z; z = z->next) {
        const struct head head = {z->noted, z->touches, z->thread, z->choice,
                                  false};
        if (weak_initial(q, &head) != NO_START)
            return true;
    }
    return false;
}

/* The rival as an event after the sequence so far. */
static struct event as_event(const struct sequence *q, const struct rival *r,
                             uint32_t *clock)
{
    unsigned width = r->width;
    for (uint32_t i = 0; i < q->n; i++)
        if (width < q->v[i]->width)
            width = q->v[i]->width;
    memset(clock, 0, width * sizeof *clock);
    if (r->past)
        memcpy(clock, r->past, r->width * sizeof *clock);
    for (uint32_t i = 0; i < q->n; i++)
        if (notes_conflict(q->v[i]->noted, q->v[i]->touches, r->noted,
                           r->touches))
            clock_join(clock, q->v[i]->clock, q->v[i]->width);
    return (struct event){.noted = r->noted,
                          .touches = (uint16_t)r->touches,
                          .thread = r->thread,
                          .choice = r->choice,
                          .clock = clock,
                          .nth = r->nth,
                          .width = (uint16_t)width};
}

void wakeup_reverse(struct search *s, const struct event *d,
                    const struct rival *r)
{
    struct frame *f = s->frame[d->index];
    char *mark = s->arena.low;
    struct sequence q = {
        .v = arena_push(&s->arena, (r->end - d->index + 1) * sizeof *q.v)};
    if (!q.v)
        return;
    for (uint32_t i = d->index + 1; i < r->end; i++) {
        const struct event *e = s->history.event[i];
        if (!event_before(d, e->clock, e->width))
            q.v[q.n++] = e;
    }
    uint32_t clock[OP_THREADS];
    const struct event last = as_event(&q, r, clock);
    q.rival = q.v[q.n++] = &last;
    q.any = r->vague;
    if (!covered(f, &q))
        insert(s, f, &q);
    arena_pop(&s->arena, mark);
}

bool wakeup_add(struct search *s, struct frame *f, struct op_step step)
{
    const struct op_choice *c = &s->view->op[step.thread].choices[step.choice];
    struct twig *t =
        arena_take(&s->arena, sizeof *t + (c->n + 1u) * sizeof *t->noted);
    if (!t)
        return false;
    *t = (struct twig){
        .touches = c->n + 1, .thread = step.thread, .choice = step.choice};
    note(t->noted, c);
    if (c->n && !c->last_resort)
        t->noted[c->n] = t->noted[0];
    struct twig **at = f->todo ? &f->todo->sibling : &f->todo;
    t->sibling = *at;
    *at = t;
    return true;
}

void wakeup_enter(struct search *s, struct frame *f)
{
    struct twig *t = f->todo;
    s->heir = t->child;
    f->todo = t->sibling;
    twig_free(s, t);
}

void wakeup_drop(struct search *s, struct frame *f)
{
    struct twig *t = f->todo;
    f->todo = t->sibling;
    t->sibling = NULL;
    twigs_free(s, t);
}
