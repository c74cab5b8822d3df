/* Accesses that another thread's got between.
 * SPDX-License-Identifier: MIT */
#include "explore/torn.h"

#include "explore/bug_words.h"

#include <stdlib.h>
#include <string.h>

static uint64_t first_kept(const struct shared *s)
{
    return s->events_count > SHARED_EVENTS ? s->events_count - SHARED_EVENTS
                                           : 0;
}

/* An access, and the how many-th of all it was. */
struct step {
    struct event e;
    uint64_t number;
};

VEC_TYPE(steps, struct step);

static bool is_access(const struct event *e)
{
    return event_is_access(e->kind) && e->kind != EVENT_FREE;
}

static bool reads(const struct event *e)
{
    return e->kind == EVENT_READ || e->kind == EVENT_ATOMIC_READ ||
           e->kind == EVENT_ATOMIC_UPDATE;
}

static bool writes(const struct event *e)
{
    return event_writes(e->kind);
}

static int by_place(const void *a, const void *b)
{
    const struct step *x = a, *y = b;
    if (x->e.address != y->e.address)
        return x->e.address < y->e.address ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* The accesses that are known: those to one place together, oldest first. */
static void collect(const struct shared *s, struct steps *out)
{
    for (uint64_t i = first_kept(s); i < s->events_count; i++) {
        struct step step = {s->events[i % SHARED_EVENTS], i};
        if (is_access(&step.e))
            vec_push(out, step);
    }
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_place);
}

/* How much it says that `between` came between: most, that a thread wrote what
 * it had worked out from a value that was no longer there. */
enum weight { SERIAL, WRITTEN_OVER, READ_TWICE, READ_HALF_DONE, STALE };

static enum weight weight_of(const struct event *first,
                             const struct event *between,
                             const struct event *second)
{
    if (writes(between) && reads(first) && writes(second) && !reads(second))
        return STALE;
    if (writes(first) && reads(between) && writes(second))
        return READ_HALF_DONE;
    if (writes(between) && reads(first) && reads(second))
        return READ_TWICE;
    if (writes(between) && writes(first) && reads(second))
        return WRITTEN_OVER;
    return SERIAL;
}

/* When each thread was created and joined, as numbers of events. */
struct lives {
    uint64_t created[SHARED_THREADS], joined[SHARED_THREADS];
};

static void find_lives(const struct shared *s, struct lives *out)
{
    memset(out->created, 0, sizeof out->created);
    memset(out->joined, 0xff, sizeof out->joined);
    for (uint64_t i = first_kept(s); i < s->events_count; i++) {
        const struct event *e = &s->events[i % SHARED_EVENTS];
        if (e->address >= SHARED_THREADS)
            continue;
        if (e->kind == EVENT_CREATE)
            out->created[e->address] = i;
        if (e->kind == EVENT_JOIN)
            out->joined[e->address] = i;
    }
}

struct torn {
    const struct step *first, *between, *second;
    enum weight weight;
};

/* The closer two accesses stand in their thread, the more they belong together;
 * of equal ones the latest. */
static bool says_more(const struct torn *a, const struct torn *b)
{
    uint32_t far_a, far_b;
    if (a->weight != b->weight || a->weight == SERIAL)
        return a->weight > b->weight;
    far_a = a->second->e.hook - a->first->e.hook;
    far_b = b->second->e.hook - b->first->e.hook;
    return far_a != far_b ? far_a < far_b
                          : a->second->number > b->second->number;
}

/* What tears the last of the accesses [from, last] to one place from the one of
 * the same thread before it. */
static void look_at(const struct step *from, const struct step *last,
                    const struct lives *lives, struct torn *best)
{
    const struct step *first = last;
    while (first > from && (first == last || first->e.thread != last->e.thread))
        first--;
    if (first == last || first->e.thread != last->e.thread)
        return;
    for (const struct step *k = first + 1; k < last; k++) {
        struct torn t = {first, k, last, weight_of(&first->e, &k->e, &last->e)};
        /* What was meant to be done meanwhile got between nothing. */
        bool meant = first->number < lives->created[k->e.thread] ||
                     last->number > lives->joined[k->e.thread];
        if (!meant && says_more(&t, best))
            *best = t;
    }
}

static void add(const struct event *e, struct places *p,
                struct explored_bug *out)
{
    static const struct bug access = {.kind = BUG_RACE};
    const struct bug_place at = {.pc = e->pc,
                                 .address = e->address,
                                 .thread = e->thread,
                                 .size = e->size,
                                 .holder = -1,
                                 .verb = e->kind};
    bug_words_place(&access, &at, p, out);
}

void torn_places(const struct shared *s, const struct bug *b, struct places *p,
                 struct explored_bug *out)
{
    struct steps l = {0};
    struct torn best = {0};
    struct lives lives;
    if (b->kind != BUG_EXIT && b->kind != BUG_ASSERTION)
        return;
    collect(s, &l);
    find_lives(s, &lives);
    const struct step *from = l.v;
    for (const struct step *i = l.v; i < l.v + l.n; i++) {
        if (i->e.address != from->e.address)
            from = i;
        look_at(from, i, &lives, &best);
    }
    if (best.weight > SERIAL) {
        add(&best.first->e, p, out);
        add(&best.between->e, p, out);
        add(&best.second->e, p, out);
    }
    vec_fini(&l);
}
