/* Prints of traces, kept in an open-addressing hash table.
 * SPDX-License-Identifier: MIT */
#include "explore/search/prints.h"
#include "explore/search/random.h"

#include <string.h>

/* Two odd numbers for each half, anything will do. */
static inline void print(struct search_print *sum, struct order_event e,
                         unsigned choice)
{
    uint64_t own = e.name + choice * 0x9e3779b97f4a7c15U;
    sum->low += random_mix(own * 0xd6e8feb86659fd93U + e.after);
    sum->high += random_mix(own + e.after * 0xa0761d6478bd642fU);
}

void prints_step(struct search_print *sum, struct order *o, struct arena *a,
                 const struct op_choice *choice, struct op_step step,
                 uint32_t nth)
{
    struct order_event e = order_event(step.thread, nth);
    for (unsigned i = 0; i < choice->n; i++)
        order_meet(o, a, &e, &choice->touches[i]);
    if (choice->last_resort || !choice->n)
        order_meet(o, a, &e,
                   choice->last_resort ? &note_everything : &note_nothing);
    order_met(o, &e);
    print(sum, e, step.choice);
}

static void print_event(struct search_print *sum, struct history *h,
                        const struct event *d)
{
    struct order_event e = order_event(d->thread, d->nth);
    for (unsigned i = 0; i < d->touches; i++)
        order_meet(h->order, h->arena, &e, &d->noted[i].touch);
    order_met(h->order, &e);
    print(sum, e, d->choice);
}

void prints_forget(struct history *h, const struct event *d)
{
    struct order_event e = order_event(d->thread, d->nth);
    for (unsigned i = 0; i < d->touches; i++)
        order_part(h->order, &e, &d->noted[i].touch);
    order_parted(h->order, &e);
}

struct search_print prints_close(struct search_print sum, uint32_t steps)
{
    sum.low += steps + 1; /* none is all zero */
    sum.high++;
    return sum;
}

struct search_print prints_of(struct history *h)
{
    struct search_print sum = {0, 0};
    order_trim(h->order, h->arena);
    if (h->printed)
        sum = h->print[h->printed - 1];
    for (; h->printed < h->n; h->printed++) {
        print_event(&sum, h, h->event[h->printed]);
        h->print[h->printed] = sum;
    }
    return prints_close(sum, h->n);
}

static bool is_free(const struct search_print *p)
{
    return !p->low && !p->high;
}

/* Where it is, or would be. */
static struct search_print *find(const struct prints *p,
                                 struct search_print print)
{
    uint64_t i = print.low & (p->cap - 1);
    while (!is_free(&p->slot[i]) &&
           (p->slot[i].low != print.low || p->slot[i].high != print.high))
        i = (i + 1) & (p->cap - 1);
    return &p->slot[i];
}

static bool grow(struct prints *p, struct arena *a)
{
    struct prints more = {.n = p->n, .cap = p->cap ? 2 * p->cap : 1024};
    bool full = a->full;
    more.slot = arena_take(a, more.cap * sizeof *more.slot);
    a->full = full; /* the search itself can go on */
    if (!more.slot)
        return false;
    memset(more.slot, 0, more.cap * sizeof *more.slot);
    for (uint64_t i = 0; i < p->cap; i++)
        if (!is_free(&p->slot[i]))
            *find(&more, p->slot[i]) = p->slot[i];
    if (p->slot)
        arena_give(a, p->slot, p->cap * sizeof *p->slot);
    *p = more;
    return true;
}

void prints_add(struct prints *p, struct arena *a, struct search_print print)
{
    if (p->cap && !is_free(find(p, print)))
        return;
    if (p->n >= p->cap / 4 * 3 && !grow(p, a)) {
        p->full = true;
        return;
    }
    *find(p, print) = print;
    p->n++;
}
