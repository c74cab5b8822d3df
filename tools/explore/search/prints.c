/* Prints of traces, kept in an open-addressing hash table.
 * SPDX-License-Identifier: MIT */
#include "explore/search/prints.h"
#include "explore/search/random.h"

#include <string.h>

/* An odd number for each factor and lane, anything will do. */
void prints_init(struct history *h)
{
    for (uint64_t i = 0; i < HISTORY_FACTORS; i++)
        h->factor[i] = (struct search_print){
            random_mix((2 * i + 1) * 0x9e3779b97f4a7c15U) | 1,
            random_mix((2 * i + 2) * 0x9e3779b97f4a7c15U) | 1};
}

/* Its clock tells of which thread's which event it is after, itself included;
 * then whose it is, and by which choice. */
static struct search_print print_of(const struct history *h,
                                    const struct event *e)
{
    const struct search_print *f = h->factor;
    const struct search_print *of = &f[OP_THREADS + e->thread];
    uint64_t low = of->low * (e->choice + 1u);
    uint64_t high = of->high * (e->choice + 1u);
    for (unsigned i = 0; i < e->width; i++) {
        low += e->clock[i] * f[i].low;
        high += e->clock[i] * f[i].high;
    }
    return (struct search_print){random_mix(low), random_mix(high)};
}

struct search_print prints_of(struct history *h)
{
    struct search_print print = {0, 0};
    if (!h->clocks || !h->print)
        return print;
    if (h->printed)
        print = h->print[h->printed - 1];
    for (; h->printed < h->n; h->printed++) {
        struct search_print p = print_of(h, h->event[h->printed]);
        print.low += p.low;
        print.high += p.high;
        h->print[h->printed] = print;
    }
    print.low += h->n + 1; /* none is all zero */
    print.high++;
    return print;
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
