/* Atomic accesses as scheduling points, and the order that they make: a release
 * store is acquired by who reads it, a relaxed store ends what was released
 * there, an update carries it on (C17 5.1.2.4, release sequences).
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/point.h"

#include "explore/runtime/circle.h"
#include "explore/runtime/object.h"
#include "explore/runtime/race.h"
#include "explore/runtime/spin.h"

#include <string.h>

static struct object *order_at(uint64_t address)
{
    bool fresh;
    return object_get(address, OBJECT_ATOMIC, &fresh);
}

static void acquire_at(uint64_t address, bool acquires)
{
    struct thread *t = state()->current;
    const struct object *o = object_find(address, OBJECT_ATOMIC);
    if (!o)
        return;
    if (acquires)
        point_acquire(&o->clock);
    else
        clock_join(&t->fence_acquired, &o->clock);
}

static void release_at(uint64_t address, bool releases, bool update)
{
    struct thread *t = state()->current;
    if (!releases && !t->fenced && !object_find(address, OBJECT_ATOMIC))
        return;
    struct object *o = order_at(address);
    if (!update)
        clock_clear(&o->clock);
    if (releases)
        point_release(&o->clock);
    else if (t->fenced)
        clock_join(&o->clock, &t->fence_released);
}

static void done(uint64_t address, size_t n, enum event_kind kind,
                 bool acquires, bool releases, uint64_t pc)
{
    race_access(address, n, kind, pc);
    if (kind == EVENT_ATOMIC_READ)
        circle_read(state()->current, address, n);
    if (kind != EVENT_ATOMIC_WRITE)
        acquire_at(address, acquires);
    if (kind != EVENT_ATOMIC_READ) {
        release_at(address, releases, kind == EVENT_ATOMIC_UPDATE);
        spin_wrote(state()->current, address);
    }
}

bool point_atomic(uint64_t address, size_t n, enum event_kind kind,
                  bool acquires, bool releases, uint64_t pc)
{
    if (!active())
        return true;
    struct pending *p = point_begin(kind, address, pc);
    p->size = (uint8_t)n;
    point_touch(p, address, (uint32_t)n,
                kind == EVENT_ATOMIC_READ ? TOUCH_READ : TOUCH_WRITE);
    if (kind == EVENT_ATOMIC_READ)
        spin_look(p, n);
    point(p);
    done(address, n, kind, acquires, releases, pc);
    return true;
}

/* Would it succeed now? */
static bool would(const struct cas *cas)
{
    return memcmp((const void *)(uintptr_t)cas->address, cas->expected,
                  cas->n) == 0;
}

/* Choice 1: it fails though it need not. */
static void offer_failure(struct pending *p, const struct cas *cas)
{
    struct state *s = state();
    if (!cas->weak || !s->shared->config.spurious)
        return;
    point_choice(p);
    point_touch(p, p->object, (uint32_t)cas->n, TOUCH_READ);
    point_gate(p, LAYOUT_SPURIOUS, TOUCH_WRITE, &s->spurious_left, 1, -1);
}

static void refresh_cas(struct pending *p)
{
    const struct cas *cas = p->other;
    point_again(p);
    point_touch(p, p->object, (uint32_t)cas->n,
                would(cas) ? TOUCH_WRITE : TOUCH_READ);
    p->choices[0].closed = pending_thread(p)->spin.closed =
        !would(cas) && spin_closed(p);
    offer_failure(p, cas);
}

bool point_cas(const struct cas *cas, bool acquires, bool releases,
               bool acquires_failed, uint64_t pc)
{
    if (!active())
        return would(cas);
    struct state *s = state();
    uint64_t address = (uint64_t)cas->address;
    if (cas->weak && !s->shared->config.spurious)
        s->shared->learned |= LEARNED_FEEBLE;
    struct pending *p = point_begin(EVENT_ATOMIC_UPDATE, address, pc);
    p->size = (uint8_t)cas->n;
    p->other = cas;
    point_fickle(p, refresh_cas);
    spin_look(p, cas->n);
    refresh_cas(p);
    bool fails = point(p) == 1;
    s->spurious_left -= fails;
    bool succeeds = !fails && would(cas);
    done(address, cas->n, succeeds ? EVENT_ATOMIC_UPDATE : EVENT_ATOMIC_READ,
         succeeds ? acquires : acquires_failed, releases, pc);
    return succeeds;
}

void point_fence(bool acquires, bool releases)
{
    if (!active())
        return;
    struct thread *t = state()->current;
    if (acquires)
        clock_join(&t->clock, &t->fence_acquired);
    if (!releases)
        return;
    t->fenced = true;
    clock_copy(&t->fence_released, &t->clock);
    clock_set(&t->clock, t->id, clock_of(&t->clock, t->id) + 1);
}
