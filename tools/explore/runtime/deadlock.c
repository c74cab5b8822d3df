/* Who waits for whom: threads that can never go on, as a bug.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/bug.h"
#include "explore/runtime/object.h"
#include "explore/runtime/point.h"

#include <string.h>

static const struct object *holder_object(const struct pending *p)
{
    enum object_kind kinds[] = {OBJECT_MUTEX, OBJECT_RWLOCK, OBJECT_SPIN};
    for (int i = 0; i < 3; i++) {
        const struct object *o = object_find(p->object, kinds[i]);
        if (o && o->owner >= 0)
            return o;
    }
    return NULL;
}

static struct bug_place stuck_place(const struct thread *t)
{
    const struct pending *p = &t->pending;
    const struct object *o = holder_object(p);
    struct bug_place place = {.pc = p->pc,
                              .address = p->object,
                              .thread = t->id,
                              .holder = o ? o->owner : -1,
                              .holder_pc = o ? o->owner_pc : 0,
                              .verb = (uint8_t)p->kind};
    if (p->kind == EVENT_JOIN)
        place.holder = (int32_t)p->aid;
    if (!t->circle.closed || (o && o->owner >= 0) || !t->circle.places_count)
        return place;
    place.verb = EVENT_READ; /* spins on */
    place.address = t->circle.places[0].address;
    return place;
}

static enum object_kind wanted(enum event_kind k)
{
    return k == EVENT_LOCK                          ? OBJECT_MUTEX
           : k == EVENT_SPIN_LOCK                   ? OBJECT_SPIN
           : k == EVENT_RDLOCK || k == EVENT_WRLOCK ? OBJECT_RWLOCK
                                                    : OBJECT_NONE;
}

/* The thread that alone can let t go on from where it is parked, or NULL: the
 * owner of the lock it wants. (A join can be left by cancellation.) */
static struct thread *waits_for(const struct thread *t)
{
    const struct pending *p = &t->pending;
    enum object_kind kind = wanted(p->kind);
    if (!kind || p->choices_count != 1 || op_choice_open(&p->choices[0]))
        return NULL;
    const struct object *o = object_find(p->object, kind);
    return o && o->owner >= 0 ? &state()->threads[o->owner] : NULL;
}

static void tell_circle(const struct thread *from)
{
    struct bug b = {.kind = BUG_DEADLOCK,
                    .text = "they wait for each other in a circle"};
    const struct thread *t = from;
    do {
        if (b.places_count < BUG_PLACES)
            b.places[b.places_count++] = stuck_place(t);
        t = waits_for(t);
    } while (t != from);
    bug_found(&b, true);
}

void bug_check_circle(void)
{
    struct state *s = state();
    const struct thread *from = s->current, *t = waits_for(from);
    if (s->shared->config.keep_going)
        return; /* the end of the execution tells it, if it is the end */
    for (uint32_t i = 0; t && t != from && i < s->threads_used; i++)
        t = waits_for(t);
    if (t == from)
        tell_circle(from);
}

/* Nobody is there to wake a waiter, and no circle of holders explains it. */
static bool nobody_signals(void)
{
    struct state *s = state();
    bool waits = false;
    for (uint32_t i = 0; i < s->threads_used; i++) {
        const struct thread *t = &s->threads[i];
        if (!t->used || t->ended)
            continue;
        enum event_kind k = t->pending.kind;
        waits = waits || k == EVENT_WAKE;
        if (k != EVENT_WAKE && k != EVENT_JOIN)
            return false;
    }
    return waits;
}

void bug_stuck(void)
{
    struct state *s = state();
    struct bug b = {.kind = nobody_signals() ? BUG_LOST_WAKEUP : BUG_DEADLOCK};
    for (uint32_t i = 0; i < s->threads_used; i++) {
        const struct thread *t = &s->threads[i];
        if (!t->used || t->ended)
            continue;
        if (t->spin.closed || t->circle.closed)
            b.kind = BUG_LIVELOCK;
        if (b.places_count < BUG_PLACES)
            b.places[b.places_count++] = stuck_place(t);
    }
    if (b.kind == BUG_DEADLOCK)
        strcpy(b.text, "no thread can go on");
    bug_keep(&b);
}
