/* Wakeup trees: which sequences to explore from where a race can be reversed,
 * so that no execution is begun in vain (Abdulla et al. 2017, section 6).
 *
 * There, the sequence for a race holds all events of the execution that are not
 * after the first of the race, and every race is looked at after every
 * execution. Here it holds only what the second one needs, and what wakes those
 * that sleep or are to be explored before it. When it needs the second one's
 * past alone, it is the same after every execution that has this race: the race
 * is settled.
 * SPDX-License-Identifier: MIT */
#include "explore/search/sequence.h"

#include <string.h>

bool asleep(const struct frame *f, unsigned thread, unsigned choice)
{
    for (const struct sleeper *z = f->sleep; z; z = z->next)
        if (z->thread == thread && z->choice == choice)
            return true;
    return false;
}

static struct head head_of_twig(const struct twig *t)
{
    return (struct head){t->noted, t->touches, t->thread, t->choice, t->any};
}

static struct head head_of_sleeper(const struct sleeper *z)
{
    return (struct head){z->noted, z->touches, z->thread, z->choice, false};
}

static struct twig *twig_new(struct search *s, const struct sequence *q,
                             const struct event *e)
{
    size_t noted = e->touches * sizeof *e->noted;
    struct twig *t = arena_take(&s->arena, sizeof *t + noted);
    if (!t)
        return NULL;
    *t = (struct twig){.touches = e->touches,
                       .thread = e->thread,
                       .choice = e->choice,
                       .rival = e == &q->rival,
                       .fickle = e == &q->rival && e->fickle,
                       .any = e == &q->rival && q->any};
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

/* Hangs the sequence at *end as one branch. */
static void grow(struct search *s, struct twig **end, const struct sequence *q)
{
    struct twig **start = end;
    for (uint32_t i = 0; i < q->n; i++) {
        *end = twig_new(s, q, q->v[i].event);
        if (!*end) {
            twigs_free(s, *start);
            *start = NULL;
            return;
        }
        end = &(*end)->child;
    }
}

/* Whether all that begins like this will be explored there. An operation may
 * turn out to touch less than was known when its race was found (a trylock that
 * fails now): then some may sleep on, and what begins like this and is not
 * covered by them has to be put below it. */
static bool is_leaf(const struct twig *t)
{
    return !t->child && !t->fickle;
}

/* A vague rival may turn out to be closed where its sequence leads: so it
 * stands for nothing but the very same. */
static bool is_same(const struct twig *t, const struct sequence *q)
{
    return q->n == 1 && q->any && q->v[0].event == &q->rival &&
           q->rival.thread == t->thread;
}

enum answer { SETTLED, UNSETTLED, DEPENDS };

/* With the least sequence: DEPENDS when it is not all that matters. */
static enum answer try_least(struct search *s, struct frame *f,
                             struct sequence *q)
{
    for (const struct sleeper *z = f->sleep; z; z = z->next) {
        struct head head = head_of_sleeper(z);
        long i = sequence_head(q, &head);
        if (i != HEAD_NO)
            return i == HEAD_APART ? DEPENDS : SETTLED;
    }
    struct twig **at = &f->todo;
    while (*at && q->n) {
        struct head head = head_of_twig(*at);
        if (head.any && is_same(*at, q))
            return SETTLED;
        long i = head.any ? HEAD_NO : sequence_head(q, &head);
        if (i == HEAD_APART)
            return DEPENDS;
        if (i == HEAD_NO) {
            at = &(*at)->sibling;
            continue;
        }
        if (is_leaf(*at))
            return SETTLED;
        sequence_take_out(q, i);
        at = &(*at)->child;
    }
    if (q->n)
        grow(s, at, q);
    return SETTLED;
}

static bool covered(const struct frame *f, struct sequence *q)
{
    for (const struct sleeper *z = f->sleep; z; z = z->next) {
        struct head head = head_of_sleeper(z);
        if (sequence_head(q, &head) != HEAD_NO)
            return true;
        sequence_want(q, &head);
    }
    return false;
}

static void try_most(struct search *s, struct frame *f, struct sequence *q)
{
    if (covered(f, q))
        return;
    struct twig **at = &f->todo;
    while (*at && q->n) {
        struct head head = head_of_twig(*at);
        if (head.any && is_same(*at, q))
            return;
        long i = head.any ? HEAD_NO : sequence_head(q, &head);
        if (i == HEAD_NO) {
            sequence_want(q, &head);
            at = &(*at)->sibling;
            continue;
        }
        if (is_leaf(*at))
            return;
        sequence_take_out(q, i);
        at = &(*at)->child;
    }
    sequence_drop_unwanted(q);
    if (q->n)
        grow(s, at, q);
}

bool wakeup_reverse(struct search *s, const struct event *d,
                    const struct rival *r)
{
    struct frame *f = s->frame[d->index];
    struct sequence q;
    char *mark = s->arena.low;
    enum answer answer = UNSETTLED;
    if (sequence_least(&q, s, d, r))
        answer = try_least(s, f, &q);
    if (answer == DEPENDS && sequence_most(&q, s, d, r))
        try_most(s, f, &q);
    arena_pop(&s->arena, mark);
    return answer == SETTLED;
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
