/* Sums of names, by what was touched and how.
 * SPDX-License-Identifier: MIT */
#include "explore/search/order.h"

#include "explore/search/walk.h"

#define MOST (1u << 14)

_Static_assert(ORDER_BUCKETS == HISTORY_BUCKETS, "walk_bucket is for both");

/* A part of memory and what is done to it. */
struct part {
    uintptr_t from, to;
    uint16_t sort;
};

static uint16_t sort_of(const struct touch *t)
{
    unsigned class = t->mode == TOUCH_COMMUTE ? t->class : 0u;
    return (uint16_t)(t->mode | class << 8);
}

static struct part part_of(const struct touch *t)
{
    if (t->size == TOUCH_EVERYTHING)
        return (struct part){0, UINTPTR_MAX, sort_of(t)};
    return (struct part){t->object, t->object + t->size, sort_of(t)};
}

static struct part in_granule(struct part p, uintptr_t granule)
{
    uintptr_t from = granule * WALK_GRANULE, to = from + WALK_GRANULE;
    p.from = p.from < from ? from : p.from;
    p.to = p.to > to ? to : p.to;
    return p;
}

void order_begin(struct order *o)
{
    o->epoch++;
    o->sum = 0;
}

static bool is_live(const struct order *o, const struct order_place *p)
{
    return p->epoch == o->epoch && p->live > 0;
}

static void unlink_dead(const struct order *o, struct order_place **list)
{
    while (*list)
        if (is_live(o, *list))
            list = &(*list)->next;
        else
            *list = (*list)->next;
}

void order_trim(struct order *o, struct arena *a)
{
    if (o->places <= o->most || o->places <= MOST)
        return;
    unlink_dead(o, &o->wide);
    for (unsigned i = 0; i < ORDER_BUCKETS; i++)
        unlink_dead(o, &o->bucket[i]);
    for (struct order_place **p = &o->all; *p;) {
        struct order_place *dead = *p;
        if (is_live(o, dead)) {
            p = &dead->all;
            continue;
        }
        *p = dead->all;
        arena_give(a, dead, sizeof *dead);
        o->places--;
    }
    o->most = 2 * o->places;
}

static bool is_same(const struct order_place *p, struct part of)
{
    return p->sort == of.sort && p->from == of.from && p->to == of.to;
}

static struct order_place *find(struct order_place *p, struct part of)
{
    while (p && !is_same(p, of))
        p = p->next;
    return p;
}

/* Adds the names of those that conflict. */
static void add_after(const struct order *o, const struct order_place *p,
                      struct part of, uint64_t *after)
{
    bool conflict = p->from < of.to && of.from < p->to &&
                    (p->sort != of.sort || of.sort == TOUCH_WRITE);
    *after += conflict && p->epoch == o->epoch ? p->sum : 0;
}

static struct order_place *place_new(struct order *o, struct arena *a,
                                     struct order_place **list, struct part of)
{
    bool full = a->full;
    struct order_place *p = arena_take(a, sizeof *p);
    a->full = full; /* the search itself can go on */
    if (!p) {
        o->full = true;
        return NULL;
    }
    *p = (struct order_place){.next = *list,
                              .all = o->all,
                              .from = of.from,
                              .to = of.to,
                              .epoch = o->epoch,
                              .sort = of.sort};
    *list = o->all = p;
    o->places++;
    return p;
}

static void add(struct order *o, struct order_place *p, uint64_t name)
{
    if (p->epoch != o->epoch) {
        p->epoch = o->epoch;
        p->sum = p->live = 0;
    }
    p->sum += name;
    p->live++;
}

/* In one list: what it is after, and its own place. */
static void meet_list(struct order *o, struct arena *a, struct order_event *e,
                      struct part of, struct order_place **list)
{
    struct order_place *own = NULL;
    for (struct order_place *p = *list; p; p = p->next) {
        add_after(o, p, of, &e->after);
        if (is_same(p, of))
            own = p;
    }
    if (!own)
        own = place_new(o, a, list, of);
    if (own)
        add(o, own, e->name);
}

static void meet_wide(struct order *o, struct arena *a, struct order_event *e,
                      const struct touch *t)
{
    struct part of = part_of(t);
    if (t->size == TOUCH_EVERYTHING && t->mode == TOUCH_WRITE)
        e->after += o->sum;
    else
        for (const struct order_place *p = o->all; p; p = p->all)
            add_after(o, p, of, &e->after);
    struct order_place *own = find(o->wide, of);
    if (!own)
        own = place_new(o, a, &o->wide, of);
    if (own)
        add(o, own, e->name);
}

void order_meet(struct order *o, struct arena *a, struct order_event *e,
                const struct touch *t)
{
    if (t->size > WALK_NARROW) {
        meet_wide(o, a, e, t);
        return;
    }
    struct part of = part_of(t);
    for (const struct order_place *p = o->wide; p; p = p->next)
        add_after(o, p, of, &e->after);
    uintptr_t granule = walk_granule(t), end = granule + walk_granules(t);
    for (; granule < end; granule++)
        meet_list(o, a, e, in_granule(of, granule),
                  &o->bucket[walk_bucket(granule)]);
}

static void take_back(const struct order *o, struct order_place *list,
                      struct part of, uint64_t name)
{
    struct order_place *p = find(list, of);
    if (!p || !is_live(o, p))
        return; /* there was no room */
    p->sum -= name;
    p->live--;
}

void order_part(struct order *o, const struct order_event *e,
                const struct touch *t)
{
    struct part of = part_of(t);
    if (t->size > WALK_NARROW) {
        take_back(o, o->wide, of, e->name);
        return;
    }
    uintptr_t granule = walk_granule(t), end = granule + walk_granules(t);
    for (; granule < end; granule++)
        take_back(o, o->bucket[walk_bucket(granule)], in_granule(of, granule),
                  e->name);
}
