/* Anchors, and what was read since.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/circle.h"

#include "explore/runtime/access.h"
#include "explore/runtime/object.h"
#include "explore/runtime/point.h"
#include "explore/runtime/spin.h"

#include <string.h>

static uint64_t mixed(uint64_t address)
{
    uint64_t h = address * 0x9fb21c651e98df25ull;
    return h ^ h >> 29;
}

/* Marks of changes, but for the locks that even out. */
static uint64_t changes(const struct thread *t)
{
    return t->spin.mark - t->spin.locks;
}

static uint64_t value_at(const struct circle_place *l)
{
    uint64_t value = 0;
    memcpy(&value, (const void *)l->address, l->size);
    return value;
}

void circle_took(const struct object *o)
{
    struct circle *c = &state()->current->circle;
    c->balance += mixed(o->address);
    c->held++;
}

void circle_gave(const struct object *o)
{
    struct circle *c = &state()->current->circle;
    c->balance -= mixed(o->address);
    c->held--;
    if (c->held < c->least)
        c->least = c->held;
}

void circle_note(struct circle *c, uint64_t address, size_t n)
{
    struct circle_place now = {.address = address, .size = (uint32_t)n};
    if (n > 8) {
        c->blurred = true;
        return;
    }
    now.value = value_at(&now);
    for (uint32_t i = 0; i < c->places_count; i++)
        if (c->places[i].address == address && c->places[i].size == n) {
            c->blurred = c->places[i].value != now.value;
            return;
        }
    if (c->places_count == CIRCLE_PLACES)
        c->blurred = true;
    else
        c->places[c->places_count++] = now;
}

/* From here on. */
static void drop_anchor(struct circle *c, const struct pending *p,
                        uint64_t hash, uint64_t mark)
{
    c->anchor = true;
    c->pc = p->pc;
    c->object = p->object;
    c->hash = hash;
    c->mark = mark;
    c->anchored = c->balance;
    c->least = c->held;
    c->visits = 0;
    c->places_count = 0;
    c->blurred = false;
}

static bool unchanged(const struct circle *c)
{
    for (uint32_t i = 0; i < c->places_count; i++)
        if (value_at(&c->places[i]) != c->places[i].value)
            return false;
    return true;
}

static void refresh(struct pending *p)
{
    const struct circle *c = &pending_thread(p)->circle;
    const struct object *o = p->other;
    point_again(p);
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 1, -1);
    for (uint32_t i = 0; i < c->places_count; i++)
        point_touch(p, c->places[i].address, c->places[i].size, TOUCH_READ);
    p->choices[0].closed = unchanged(c);
}

/* Every write to what it reads has to be a step from now on; false if that is
 * so already. */
static bool reveal(const struct circle *c)
{
    bool more = false;
    for (uint32_t i = 0; i < c->places_count; i++)
        if (!access_is_step(c->places[i].address, c->places[i].size)) {
            access_reveal(c->places[i].address);
            access_reveal(c->places[i].address + c->places[i].size - 1);
            more = true;
        }
    return more;
}

static void close(struct pending *p, struct object *o)
{
    struct state *s = state();
    struct circle *c = &s->current->circle;
    if (s->replaying && s->current->stop != 0)
        return; /* the schedule says how often it goes round */
    if (!s->replaying && reveal(c))
        point_end(SEARCH_ENDED_CAP);
    s->shared->learned |= LEARNED_CIRCLE;
    p->other = o;
    c->closed = true;
    p->vague = true;
    point_fickle(p, refresh);
}

/* How many other locks there are in a turn at most. */
enum { OTHERS = 16 };

static bool is_anchor(const struct circle *c, const struct pending *p)
{
    return c->anchor && c->pc == p->pc && c->object == p->object;
}

/* Whether the thread was here not long ago, and has changed nothing since. */
static bool comes_back(struct circle *c, const struct pending *p, uint64_t mark)
{
    bool quiet = c->hint_mark == mark && c->hint_pc != 0;
    if (quiet && c->hint_pc == p->pc && c->hint_object == p->object)
        return true;
    if (quiet && ++c->hint_visits < OTHERS)
        return false;
    c->hint_pc = p->pc;
    c->hint_object = p->object;
    c->hint_mark = mark;
    c->hint_visits = 0;
    return false;
}

void circle_lock(struct pending *p, struct object *o)
{
    struct thread *t = state()->current;
    struct circle *c = &t->circle;
    uint64_t hash;
    if (point_learned(LEARNED_TRIED | LEARNED_CANCEL | LEARNED_CLOCK) ||
        o->robust || o->owner == (int32_t)t->id)
        return;
    if (c->anchor && c->mark != changes(t))
        c->anchor = false;
    bool there = is_anchor(c, p);
    if (!there && c->anchor && ++c->visits < OTHERS)
        return;
    if (!there && !comes_back(c, p, changes(t)))
        return;
    if (!spin_state(t, p->pc, &hash))
        return;
    bool same = there && c->hash == hash && c->mark == changes(t) &&
                c->anchored == c->balance;
    if (same && c->least == c->held && !c->blurred)
        close(p, o);
    else if (same && c->least < c->held)
        c->anchor = false; /* in the middle of a turn: at the next lock */
    else
        drop_anchor(c, p, hash, changes(t));
}

void circle_observed(void)
{
    if (point_learned(LEARNED_CIRCLE))
        point_learn(LEARNED_TRIED);
    state()->shared->learned |= LEARNED_TRIED;
}

void circle_left(struct thread *t)
{
    struct circle *c = &t->circle;
    if (!c->closed)
        return;
    c->closed = c->anchor = false;
}
