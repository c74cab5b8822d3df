/* Prints of traces, kept in an open-addressing hash table.
 * SPDX-License-Identifier: MIT */
#include "explore/search/prints.h"
#include "explore/search/random.h"

#include <string.h>

/* An odd number for each thread and lane, anything will do. */
static uint64_t factor(unsigned thread, unsigned lane)
{
    return random_mix((uint64_t)(2 * thread + lane + 1) * 0x9e3779b97f4a7c15U) |
           1;
}

static uint64_t lane_of(const struct event *e, unsigned lane)
{
    uint64_t sum = factor(e->thread, lane) ^ (uint64_t)e->nth << 16 ^
                   (uint64_t)e->choice << 8 ^ e->thread;
    sum = random_mix(sum);
    for (unsigned i = 0; i < e->width; i++)
        if (e->clock[i])
            sum += e->clock[i] * factor(i, lane);
    return random_mix(sum + lane);
}

struct search_print prints_of(struct history *h)
{
    struct search_print print = {0, 0};
    if (!h->clocks || !h->print)
        return print;
    if (h->printed)
        print = h->print[h->printed - 1];
    for (; h->printed < h->n; h->printed++) {
        print.low += lane_of(h->event[h->printed], 0);
        print.high += lane_of(h->event[h->printed], 1);
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
