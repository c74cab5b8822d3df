/* Keeps the events of an execution, their chains and their clocks.
 * SPDX-License-Identifier: MIT */
#include "explore/search/history.h"

#include "explore/search/prints.h"
#include "explore/search/walk.h"

#include <string.h>

bool history_init(struct history *h, struct arena *arena, uint32_t cap,
                  unsigned keeps, struct order *order)
{
    memset(h, 0, sizeof *h);
    h->arena = arena;
    h->cap = cap;
    h->clocks = keeps & HISTORY_CLOCKS;
    h->event = arena_push(arena, cap * sizeof(struct event *));
    if (keeps & HISTORY_DIGESTS)
        h->digest = arena_push(arena, cap * sizeof *h->digest);
    h->order = order;
    if (order) {
        h->print = arena_push(arena, cap * sizeof *h->print);
        order_begin(order);
    }
    return h->event && (h->digest || !(keeps & HISTORY_DIGESTS)) &&
           (h->print || !order);
}

static unsigned known_width(const struct history *h)
{
    for (unsigned w = OP_THREADS / 64; w-- > 0;)
        if (h->known[w])
            return w * 64 + 64 - (unsigned)__builtin_clzll(h->known[w]);
    return 0;
}

void history_meet(struct history *h, const struct op_view *view)
{
    struct event *creator = h->n ? h->event[h->n - 1] : NULL;
    for (unsigned w = 0; w < OP_THREADS / 64; w++) {
        uint64_t new = view->live[w] & ~h->known[w];
        if (!new)
            continue;
        h->known[w] |= new;
        h->width = known_width(h);
        for (; new; new &= new - 1)
            h->born[w * 64 + (unsigned)__builtin_ctzll(new)] = creator;
    }
}

const struct touch note_nothing = {.object = 1, .size = 1};
const struct touch note_everything = {.size = TOUCH_EVERYTHING,
                                      .mode = TOUCH_WRITE};

static unsigned notes_of(const struct op_choice *choice)
{
    return choice->last_resort ? choice->n + 1u : choice->n ? choice->n : 1;
}

void note(struct noted *to, const struct op_choice *choice)
{
    for (unsigned i = 0; i < choice->n; i++) {
        to[i].touch = choice->touches[i];
        to[i].value = to[i].touch.gate ? *to[i].touch.gate : 0;
    }
    if (choice->last_resort)
        to[choice->n] = (struct noted){note_everything, 0};
    else if (!choice->n)
        to[0] = (struct noted){note_nothing, 0};
}

const uint32_t *history_clock(const struct history *h, unsigned thread,
                              unsigned *width)
{
    const struct event *e = h->last[thread];
    if (!e)
        e = h->born[thread];
    *width = e ? e->width : 0;
    return e ? e->clock : NULL;
}

/* Puts one before those of a bucket. */
static void chain(struct link *l, struct event *e, const struct noted *noted,
                  struct link **bucket, uintptr_t granule)
{
    struct link *prev = *bucket;
    const struct touch *t = &noted->touch;
    *l = (struct link){prev, prev, bucket, e, noted, granule};
    if (t->mode != TOUCH_WRITE && t->size <= WALK_NARROW)
        l->skip = walk_settle(prev, t, granule);
    *bucket = l;
}

static unsigned links_of(const struct noted *noted, unsigned n)
{
    unsigned links = 0;
    for (unsigned i = 0; i < n; i++)
        links += noted[i].touch.size > WALK_NARROW
                     ? 1
                     : walk_granules(&noted[i].touch);
    return links;
}

static void enchain(struct history *h, struct event *e)
{
    struct link *l = e->links;
    for (unsigned i = 0; i < e->touches; i++) {
        const struct noted *n = &e->noted[i];
        if (n->touch.size > WALK_NARROW) {
            chain(l++, e, n, &h->wide, 0);
            continue;
        }
        uintptr_t first = walk_granule(&n->touch);
        unsigned granules = walk_granules(&n->touch);
        for (unsigned k = 0; k < granules; k++)
            chain(l++, e, n, &h->bucket[walk_bucket(first + k)], first + k);
    }
}

static bool is_everything(const struct event *e)
{
    for (unsigned i = 0; i < e->touches; i++)
        if (e->noted[i].touch.size == TOUCH_EVERYTHING)
            return true;
    return false;
}

/* What every thread did is before it. */
static void count_all(const struct history *h, struct event *e)
{
    for (unsigned t = 0; t < e->width; t++)
        if (h->last[t] && !event_before(h->last[t], e->clock, e->width))
            clock_join(e->clock, h->last[t]->clock, h->last[t]->width);
}

/* What depends on one granule of a narrow touch. The order of joins is of no
 * matter, so that no walk is needed. */
static void count_chain(struct link *l, struct event *e, const struct touch *t,
                        uintptr_t granule)
{
    while ((l = walk_settle(l, t, granule))) {
        if (!event_before(l->event, e->clock, e->width))
            clock_join(e->clock, l->event->clock, l->event->width);
        if (walk_covers(&l->noted->touch, t, granule))
            return;
        l = l->prev;
    }
}

/* Whether all touches are narrow, those of the others too. */
static bool is_narrow(const struct history *h, const struct event *e)
{
    for (unsigned i = 0; i < e->touches; i++)
        if (e->noted[i].touch.size > WALK_NARROW)
            return false;
    return !h->wide;
}

static void count_narrow(const struct history *h, struct event *e)
{
    for (unsigned i = 0; i < e->touches; i++) {
        const struct touch *t = &e->noted[i].touch;
        uintptr_t first = walk_granule(t);
        unsigned granules = walk_granules(t);
        for (unsigned k = 0; k < granules; k++)
            count_chain(h->bucket[walk_bucket(first + k)], e, t, first + k);
    }
}

static void count_wide(const struct history *h, struct event *e)
{
    struct walk w;
    walk_from_end(&w, h, e->noted, e->touches);
    for (struct event *d; (d = walk_next(&w));) {
        if (!event_before(d, e->clock, e->width))
            clock_join(e->clock, d->clock, d->width);
        walk_past(&w);
    }
}

static void count_past(const struct history *h, struct event *e)
{
    unsigned width, i = 0;
    const uint32_t *past = history_clock(h, e->thread, &width);
    for (; i < width; i++)
        e->clock[i] = past[i];
    for (; i < e->width; i++)
        e->clock[i] = 0;
}

/* What e is after: its thread's past, and what it depends on. */
static void count(const struct history *h, struct event *e)
{
    count_past(h, e);
    if (is_narrow(h, e))
        count_narrow(h, e);
    else if (is_everything(e))
        count_all(h, e);
    else
        count_wide(h, e);
    e->clock[e->thread] = e->nth;
}

/* Everything of an event in one piece: NULL when there is no room. */
static struct event *make(struct history *h, const struct op_choice *choice)
{
    unsigned touches = notes_of(choice);
    char *mark = h->arena->low;
    struct event *e =
        arena_push(h->arena, sizeof *e + touches * sizeof *e->noted);
    if (!e)
        return NULL;
    struct noted *noted = (struct noted *)(e + 1);
    note(noted, choice);
    *e = (struct event){.noted = noted, .touches = (uint16_t)touches};
    if (!h->clocks)
        return e;
    unsigned links = links_of(noted, touches), width = h->width;
    e->links = arena_push(h->arena,
                          links * sizeof *e->links + width * sizeof *e->clock);
    if (!e->links)
        goto lacking;
    e->n_links = (uint16_t)links;
    e->width = (uint16_t)width;
    e->clock = (uint32_t *)(e->links + links);
    return e;
lacking:
    arena_pop(h->arena, mark);
    return NULL;
}

/* By far most operations touch one small thing. */
struct simple {
    struct event event;
    struct noted noted;
    struct link link;
    uint32_t clock[];
};

static bool is_simple(const struct history *h, const struct op_choice *choice)
{
    const struct touch *t = choice->touches;
    return h->clocks && !h->wide && choice->n == 1 && !choice->last_resort &&
           t->size <= WALK_NARROW && walk_granules(t) == 1;
}

static struct event *make_simple(struct history *h,
                                 const struct op_choice *choice)
{
    struct simple *m =
        arena_push(h->arena, sizeof *m + h->width * sizeof *m->clock);
    if (!m)
        return NULL;
    const struct touch *t = choice->touches;
    m->noted.touch = *t;
    m->noted.value = t->gate ? *t->gate : 0;
    m->event = (struct event){.noted = &m->noted,
                              .touches = 1,
                              .links = &m->link,
                              .n_links = 1,
                              .clock = m->clock,
                              .width = (uint16_t)h->width};
    return &m->event;
}

/* count() and enchain() of one. */
static void place_simple(struct history *h, struct event *e)
{
    const struct touch *t = &e->noted->touch;
    uintptr_t granule = walk_granule(t);
    struct link **bucket = &h->bucket[walk_bucket(granule)];
    count_past(h, e);
    count_chain(*bucket, e, t, granule);
    e->clock[e->thread] = e->nth;
    chain(e->links, e, e->noted, bucket, granule);
}

static void place(struct history *h, struct event *e)
{
    count(h, e);
    enchain(h, e);
}

struct event *history_push(struct history *h, const struct op_view *view,
                           struct op_step step)
{
    const struct op *op = &view->op[step.thread];
    const struct op_choice *choice = &op->choices[step.choice];
    if (h->n == h->cap)
        return NULL;
    bool simple = is_simple(h, choice);
    struct event *e = simple ? make_simple(h, choice) : make(h, choice);
    if (!e)
        return NULL;
    e->before = h->last[step.thread];
    e->wide = h->wide;
    e->index = h->n;
    e->nth = e->before ? e->before->nth + 1 : 1;
    if (h->digest)
        h->digest[h->n] = history_digest(choice);
    e->fickle = op->fickle;
    e->vague = op_is_vague(op);
    e->thread = step.thread;
    e->choice = step.choice;
    e->last_resort = choice->last_resort;
    if (simple)
        place_simple(h, e);
    else if (h->clocks)
        place(h, e);
    h->last[step.thread] = e;
    h->event[h->n++] = e;
    return e;
}

void history_cut(struct history *h, uint32_t n, const uint64_t *known)
{
    while (h->n > n) {
        const struct event *e = h->event[--h->n];
        for (unsigned i = e->n_links; i-- > 0;)
            *e->links[i].bucket = e->links[i].prev;
        h->last[e->thread] = e->before;
        if (h->printed > h->n) {
            prints_forget(h, e);
            h->printed = h->n;
        }
    }
    memcpy(h->known, known, sizeof h->known);
    h->width = known_width(h);
}
