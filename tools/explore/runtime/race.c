/* A shadow of 8-byte cells in a hash table that is emptied by counting on.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/race.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/layout.h"
#include "explore/runtime/state.h"

enum { RECORDS = 3, CELLS = 1 << 22, EXTRAS = 1 << 20 };

/* The records of 8 bytes; more is where there are too many for one. */
struct cell {
    uint64_t key;
    uint32_t epoch; /* of the shadow; another one: the cell is empty */
    uint16_t count; /* of the records in this very cell */
    uint16_t pad;
    struct cell *more;
    struct race_record records[RECORDS];
};

struct shadow {
    uint32_t epoch;
    uint32_t used, extras_used;
    struct cell cells[CELLS];
    struct cell extras[EXTRAS];
};

_Static_assert(sizeof(struct shadow) <= LAYOUT_SHADOW_SIZE, "grow the shadow");

static struct shadow *shadow(void)
{
    return (struct shadow *)LAYOUT_SHADOW;
}

void race_reset(void)
{
    struct shadow *h = shadow();
    h->epoch++;
    h->used = h->extras_used = 0;
}

static struct cell *cell_of(uint64_t key)
{
    struct shadow *h = shadow();
    uint32_t i = (uint32_t)((key * 0x9e3779b97f4a7c15ull) >> 42);
    while (h->cells[i].epoch == h->epoch && h->cells[i].key != key)
        i = (i + 1) % CELLS;
    struct cell *c = &h->cells[i];
    if (c->epoch == h->epoch)
        return c;
    if (h->used >= CELLS / 4 * 3)
        return NULL;
    h->used++;
    c->key = key;
    c->epoch = h->epoch;
    c->count = 0;
    c->more = NULL;
    return c;
}

static bool writes(uint8_t kind)
{
    return kind != EVENT_READ && kind != EVENT_ATOMIC_READ;
}

static bool atomic(uint8_t kind)
{
    return kind == EVENT_ATOMIC_READ || kind == EVENT_ATOMIC_WRITE ||
           kind == EVENT_ATOMIC_UPDATE;
}

/* Whether all that could race with `old` races with `new`, too, given that old
 * happened before it. */
static bool covers(const struct race_record *new, const struct race_record *old)
{
    return (old->mask & ~new->mask) == 0 && old->kind != EVENT_FREE &&
           (writes(new->kind) || !writes(old->kind)) &&
           (!atomic(new->kind) || atomic(old->kind));
}

static bool conflict(const struct race_record *a, const struct race_record *b)
{
    return (a->mask & b->mask) != 0 && a->thread != b->thread &&
           (writes(a->kind) || writes(b->kind)) &&
           !(atomic(a->kind) && atomic(b->kind));
}

/* Adds a record; the cell and its tail have no place for it if it is lost. */
static void add(struct cell *c, const struct race_record *r)
{
    struct shadow *h = shadow();
    while (c->count == RECORDS && c->more)
        c = c->more;
    if (c->count == RECORDS) {
        if (h->extras_used == EXTRAS) {
            doubt(DOUBT_MEMORY, "the shadow of the race detector is full");
            return;
        }
        c->more = &h->extras[h->extras_used++];
        c = c->more;
        c->count = 0;
        c->more = NULL;
    }
    c->records[c->count++] = *r;
}

static void check(const struct race_record *now, const struct race_record *old,
                  uint64_t key, bool before)
{
    unsigned both = old->mask & now->mask;
    if (!both)
        return;
    uint64_t byte = key * 8 + (uint64_t)__builtin_ctz(both);
    if (old->kind == EVENT_FREE && before)
        bug_freed(byte, old, now);
    else if (!before && conflict(now, old))
        bug_race(byte, old, now);
}

static void visit(struct cell *head, const struct race_record *now)
{
    const struct clock *clock = &state()->current->clock;
    for (struct cell *c = head; c; c = c->more)
        for (uint16_t i = 0; i < c->count; i++) {
            struct race_record *old = &c->records[i];
            bool before = old->thread == now->thread ||
                          old->epoch <= clock_of(clock, old->thread);
            check(now, old, head->key, before);
            if (before && covers(now, old))
                *old = c->records[--c->count], i--;
        }
    add(head, now);
}

static bool known(const struct cell *c, const struct race_record *now)
{
    for (uint16_t i = 0; i < c->count; i++) {
        const struct race_record *r = &c->records[i];
        if (r->epoch == now->epoch && r->thread == now->thread &&
            r->kind == now->kind && (now->mask & ~r->mask) == 0)
            return true;
    }
    return false;
}

static void access_cell(uint64_t key, struct race_record *now)
{
    struct cell *c = cell_of(key);
    if (!c)
        doubt(DOUBT_MEMORY, "the shadow of the race detector is full");
    else if (!known(c, now))
        visit(c, now);
}

void race_access(uint64_t address, size_t n, enum event_kind kind, uint64_t pc)
{
    struct thread *t = state()->current;
    struct race_record now = {.epoch = clock_of(&t->clock, t->id),
                              .thread = (uint8_t)t->id,
                              .kind = (uint8_t)kind,
                              .pc = pc};
    for (uint64_t end = address + n; address < end;) {
        uint64_t key = address / 8, first = address % 8;
        uint64_t last = key == (end - 1) / 8 ? (end - 1) % 8 : 7;
        now.mask = (uint8_t)((0xff << first) & (0xff >> (7 - last)));
        access_cell(key, &now);
        address = (key + 1) * 8;
    }
}
