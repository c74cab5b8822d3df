/* A hash table that is emptied by counting on.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/object.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/point.h"

#include <string.h>

enum { SLOTS = 2 * OBJECTS };

struct objects {
    uint32_t epoch, count;
    struct slot {
        uint32_t epoch, index;
    } slots[SLOTS];
    struct object pool[OBJECTS];
};

_Static_assert(sizeof(struct objects) <= LAYOUT_OBJECTS_SIZE, "grow it");

static struct objects *objects(void)
{
    return (struct objects *)LAYOUT_OBJECTS;
}

void object_reset(void)
{
    objects()->epoch++;
    objects()->count = 0;
}

struct object *object_new(enum object_kind kind)
{
    struct objects *l = objects();
    if (l->count == OBJECTS)
        return NULL;
    struct object *o = &l->pool[l->count++];
    o->address = o->pc = o->owner_pc = o->mutex = 0;
    o->kind = kind;
    o->destroyed = o->initialised = false;
    o->robust = o->inconsistent = o->lost = false;
    o->gate = o->count = o->arrived = o->type = o->waiters = 0;
    o->round = 0;
    o->owner = -1;
    o->comers[0] = o->comers[1] = 0;
    o->queue = 0;
    if (kind == OBJECT_COND || kind == OBJECT_RWLOCK)
        memset(o->places, 0, sizeof o->places);
    o->round_object = NULL;
    clock_clear(&o->clock);
    clock_clear(&o->read_clock);
    return o;
}

static uint32_t slot_of(uint64_t address, enum object_kind kind)
{
    struct objects *l = objects();
    uint32_t i = (uint32_t)(((address + kind) * 0x9e3779b97f4a7c15ull) >> 48);
    for (;; i++) {
        const struct slot *s = &l->slots[i % SLOTS];
        const struct object *o = &l->pool[s->index];
        if (s->epoch != l->epoch || (o->address == address && o->kind == kind))
            return i % SLOTS;
    }
}

struct object *object_find(uint64_t address, enum object_kind kind)
{
    struct objects *l = objects();
    const struct slot *s = &l->slots[slot_of(address, kind)];
    return s->epoch == l->epoch ? &l->pool[s->index] : NULL;
}

struct object *object_get(uint64_t address, enum object_kind kind, bool *fresh)
{
    struct objects *l = objects();
    struct slot *s = &l->slots[slot_of(address, kind)];
    *fresh = s->epoch != l->epoch;
    if (!*fresh)
        return &l->pool[s->index];
    struct object *o = object_new(kind);
    if (!o) {
        doubt(DOUBT_MEMORY, "too many synchronisation objects");
        return NULL;
    }
    o->address = address;
    s->epoch = l->epoch;
    s->index = l->count - 1;
    return o;
}

struct object *object_next(struct object *o)
{
    struct objects *l = objects();
    uint32_t i = o ? (uint32_t)(o - l->pool) + 1 : 0;
    return i < l->count ? &l->pool[i] : NULL;
}
