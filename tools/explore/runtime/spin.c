/* Exact repetition.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/spin.h"

#include "explore/runtime/fiber.h"
#include "explore/runtime/point.h"

#include <string.h>

enum { SPIN_CIRCLE = 256 }; /* accesses at most */

uint64_t spin_entry[7] __attribute__((visibility("hidden")));

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * 0x9fb21c651e98df25ull;
    return h ^ (h >> 29);
}

/* The whole state of a thread at the entry of the hook. */
static uint64_t state_hash(const struct thread *t)
{
    uint64_t h = 0x5851f42d4c957f2dull;
    for (size_t i = 0; i < sizeof spin_entry / sizeof *spin_entry; i++)
        h = mix(h, spin_entry[i]);
    const uint64_t *top = (const uint64_t *)t->fiber.top;
    for (const uint64_t *p = (const uint64_t *)spin_entry[0]; p < top; p++)
        h = mix(h, *p);
    return h;
}

static bool on_own_stack(const struct thread *t, uint64_t address)
{
    return address >= (uint64_t)t->fiber.bottom &&
           address < (uint64_t)t->fiber.top;
}

/* Not every hook notes its entry: what an earlier one noted is not this one's
 * state. */
static bool entry_is_of(const struct thread *t, uint64_t pc)
{
    return on_own_stack(t, spin_entry[0]) &&
           *(const uint64_t *)spin_entry[0] == pc;
}

bool spin_state(const struct thread *t, uint64_t pc, uint64_t *hash)
{
    if (!entry_is_of(t, pc))
        return false;
    *hash = state_hash(t);
    return true;
}

static struct spin_visit *same_place(struct spin *s, const struct pending *p)
{
    for (int i = 0; i < SPIN_VISITS; i++)
        if (s->visits[i].pc == p->pc && s->visits[i].address == p->object)
            return &s->visits[i];
    return NULL;
}

static uint64_t value_at(uint64_t address, size_t n)
{
    uint64_t value = 0;
    memcpy(&value, (const void *)address, n);
    return value;
}

/* Whether all places that were looked at in one turn are known, and can be
 * said. */
static bool is_known(const struct spin *s, const struct pending *p,
                     uint64_t from, uint64_t to)
{
    uint64_t known = 0;
    for (int i = 0; i < SPIN_VISITS; i++)
        known += s->visits[i].look > from;
    return known == to - from - 1 && (known == 0 || !p->fickle);
}

/* They are what the operation depends on: whether it is closed, too. */
static void add_turn(const struct spin *s, struct pending *p, uint64_t from)
{
    for (int i = 0; i < SPIN_VISITS; i++)
        if (s->visits[i].look > from)
            point_touch(p, s->visits[i].address, s->visits[i].size, TOUCH_READ);
}

static struct spin_visit visit(const struct thread *t, uint64_t address,
                               size_t n, uint64_t pc)
{
    return (struct spin_visit){.pc = pc,
                               .address = address,
                               .value = value_at(address, n),
                               .mark = t->spin.mark,
                               .size = (uint32_t)n,
                               .hash = state_hash(t)};
}

static bool same_state(const struct spin_visit *a, const struct spin_visit *b)
{
    return a->pc == b->pc && a->address == b->address && a->value == b->value &&
           a->mark == b->mark && a->hash == b->hash;
}

/* The thread is where it was, as it was, whatever others did meanwhile. */
static bool is_back(const struct spin *s, const struct pending *p,
                    const struct spin_visit *old, const struct spin_visit *now)
{
    return old->mark == now->mark && old->hash == now->hash &&
           is_known(s, p, old->look, now->look);
}

/* Whether all that it looks at is as it was found in the last turn. By that
 * alone it is closed, not by who wrote what: so it is the same in whatever
 * order others did what does not concern it. */
bool spin_closed(const struct pending *p)
{
    const struct spin *s =
        &pending_thread((struct pending *)(uintptr_t)p)->spin;
    for (int i = 0; p->vague && i < SPIN_VISITS; i++) {
        const struct spin_visit *v = &s->visits[i];
        uint64_t found = v->look == s->looks ? s->last : v->value;
        if (v->look > s->since && found != value_at(v->address, v->size))
            return false;
    }
    return p->vague;
}

static void refresh(struct pending *p)
{
    p->choices[0].closed = pending_thread(p)->spin.closed = spin_closed(p);
}

void spin_look(struct pending *p, size_t n)
{
    struct thread *t = state()->current;
    struct spin *s = &t->spin;
    if (n > 8 || !entry_is_of(t, p->pc))
        return;
    struct spin_visit now = visit(t, p->object, n, p->pc);
    now.look = ++s->looks;
    struct spin_visit *old = same_place(s, p);
    if (!old) {
        s->visits[s->next++ % SPIN_VISITS] = now;
        return;
    }
    p->vague = is_back(s, p, old, &now);
    s->since = old->look;
    s->last = old->value;
    if (p->vague)
        add_turn(s, p, old->look);
    *old = now;
    if (p->vague && !p->fickle)
        point_fickle(p, refresh);
}

/* The state is noted now and then, and looked for in the accesses after that:
 * they were quiet, so nobody else had a turn, and the way back is the same for
 * ever. */
bool spin_circles(uint64_t address, size_t n, enum event_kind kind, uint64_t pc)
{
    struct thread *t = state()->current;
    struct spin *s = &t->spin;
    if (s->circle > 0)
        return true;
    bool notes = (t->quiet & (t->quiet - 1)) == 0;
    if (!notes && t->quiet - s->anchored > SPIN_CIRCLE)
        return false;
    if (kind != EVENT_READ || n > 8 || !entry_is_of(t, pc))
        return false;
    struct spin_visit now = visit(t, address, n, pc);
    if (notes) {
        s->anchor = now;
        s->anchored = t->quiet;
    } else if (same_state(&s->anchor, &now)) {
        s->circle = t->quiet - s->anchored;
    }
    return s->circle > 0;
}

/* Whether that changes nothing that the thread itself could find changed. */
static bool idle(enum event_kind kind)
{
    return kind == EVENT_READ || kind == EVENT_ATOMIC_READ ||
           kind == EVENT_YIELD || kind == EVENT_SLEEP || kind == EVENT_NONE ||
           kind == EVENT_ATOMIC_UPDATE || kind == EVENT_WRITE;
}

/* What a look finds is what is there when its turn has come. Operations on
 * other objects than memory count as a change. */
void spin_did(struct thread *t)
{
    struct spin *s = &t->spin;
    struct spin_visit *v = s->looks ? same_place(s, &t->pending) : NULL;
    if (v && v->look == s->looks)
        v->value = value_at(v->address, v->size);
    s->closed = false;
    if (!idle(t->pending.kind))
        s->mark++;
    if (t->pending.kind == EVENT_LOCK || t->pending.kind == EVENT_UNLOCK)
        s->locks++;
}
