/* Plain accesses.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/circle.h"
#include "explore/runtime/point.h"
#include "explore/runtime/race.h"
#include "explore/runtime/replay.h"
#include "explore/runtime/spin.h"
#include "explore/runtime/tell.h"

#include <string.h>

enum { VISIBLE_SLOTS = 4 * SHARED_VISIBLE };

/* The visible places of shared memory, to be looked up fast. */
struct visible {
    uint32_t count;
    uint64_t slots[VISIBLE_SLOTS]; /* address / 8; 0: empty */
};

static struct visible *visible(void)
{
    return (struct visible *)LAYOUT_VISIBLE;
}

_Static_assert(sizeof(struct visible) <= LAYOUT_VISIBLE_SIZE, "grow it");

static uint32_t slot_of(uint64_t key)
{
    const struct visible *v = visible();
    uint32_t i = (uint32_t)((key * 0x9e3779b97f4a7c15ull) >> 50);
    while (v->slots[i % VISIBLE_SLOTS] != 0 &&
           v->slots[i % VISIBLE_SLOTS] != key)
        i++;
    return i % VISIBLE_SLOTS;
}

static bool has(uint64_t key)
{
    return visible()->slots[slot_of(key)] == key;
}

static bool is_visible(uint64_t address, size_t n)
{
    for (uint64_t key = address / 8; key <= (address + n - 1) / 8; key++)
        if (has(key))
            return true;
    return false;
}

bool access_is_step(uint64_t address, size_t n)
{
    if (state()->shared->config.all_visible)
        return true;
    return visible()->count > 0 && is_visible(address, n);
}

void access_reset(void)
{
    struct visible *v = visible();
    const struct shared *m = state()->shared;
    for (; v->count < m->visible_count; v->count++)
        v->slots[slot_of(m->visible[v->count])] = m->visible[v->count];
    state()->shared->visible_now = v->count;
}

void access_reveal(uint64_t address)
{
    struct shared *m = state()->shared;
    uint64_t key = address / 8;
    if (m->config.sought)
        return; /* that bug is known under what is visible */
    for (uint32_t i = 0; i < m->visible_count; i++)
        if (m->visible[i] == key)
            return;
    if (m->visible_count == SHARED_VISIBLE) {
        doubt(DOUBT_PLACES, "");
        return;
    }
    m->visible[m->visible_count++] = key;
    m->restart = true;
}

static void step(uint64_t address, size_t n, enum event_kind kind, uint64_t pc)
{
    struct pending *p = point_begin(kind, address, pc);
    p->size = n <= 8 && kind != EVENT_FREE ? (uint8_t)n : 0;
    point_touch(p, address, (uint32_t)n,
                kind == EVENT_READ ? TOUCH_READ : TOUCH_WRITE);
    if (kind == EVENT_READ)
        spin_look(p, n);
    point(p);
}

/* A thread that does nothing but plain accesses for so long may wait for one:
 * then others must have their turn, or the race would never be seen. Where it
 * goes round in circles, what it reads there is to be visible. */
enum { QUIET = 1 << 17, CIRCLES = 1 << 12, CIRCLES_REPLAYED = 1 << 4 };
enum { AS_LONG_AS_A_STEP = 1 << 6 }; /* accesses, about */

static void give_way(uint64_t pc)
{
    point_toil(QUIET / AS_LONG_AS_A_STEP, pc);
    struct pending *p = point_begin(EVENT_NONE, 0, pc);
    p->yields = true;
    point(p);
}

static void reveal_circle(uint64_t address)
{
    struct spin *s = &state()->current->spin;
    access_reveal(address);
    if (--s->circle == 0)
        point_end(SEARCH_ENDED_CAP);
}

/* A schedule does not tell where a thread goes round for ever. */
static bool replay_circles(const struct thread *t)
{
    return t->stop == 0 && t->spin.circle > 0;
}

static void look_for_circle(uint64_t address, size_t n, enum event_kind kind,
                            uint64_t pc)
{
    const struct state *s = state();
    const struct thread *t = s->current;
    if (s->replaying) {
        if (t->quiet >= CIRCLES_REPLAYED && t->stop == 0)
            spin_circles(address, n, kind, pc);
    } else if (t->quiet >= CIRCLES && spin_circles(address, n, kind, pc)) {
        reveal_circle(address);
    }
}

__attribute__((noinline)) static void
been_quiet(uint64_t address, size_t n, enum event_kind kind, uint64_t pc)
{
    if (state()->current->quiet == QUIET)
        give_way(pc);
    look_for_circle(address, n, kind, pc);
}

void access_plain(uint64_t address, size_t n, enum event_kind kind, uint64_t pc)
{
    if (n == 0 || !active())
        return;
    struct state *s = state();
    struct thread *t = s->current;
    if (fiber_here() != t->fiber.fs)
        thread_foreign();
    bool stops = s->replaying ? replay_stops(t) || replay_circles(t)
                              : access_is_step(address, n);
    if (stops) {
        step(address, n, kind, pc);
    } else {
        t->hooks++;
        if (s->telling)
            tell_plain(t, address, n, kind, pc);
    }
    race_access(address, n, kind, pc);
    if (kind == EVENT_READ)
        circle_read(t, address, n);
    if (++t->quiet >= CIRCLES_REPLAYED)
        been_quiet(address, n, kind, pc);
    if (kind == EVENT_WRITE)
        spin_wrote(t, address);
}

void access_free(uint64_t address, size_t n, uint64_t pc)
{
    struct state *s = state();
    struct thread *t = s->current;
    if (s->replaying ? replay_stops(t) : access_is_step(address, n)) {
        step(address, n, EVENT_FREE, pc);
    } else {
        t->hooks++;
        if (s->telling)
            tell_plain(t, address, n, EVENT_FREE, pc);
    }
    race_access(address, n, EVENT_FREE, pc);
}
