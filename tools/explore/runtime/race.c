/* A shadow of 8-byte cells in a hash table that is emptied by counting on.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/race.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/layout.h"
#include "explore/runtime/state.h"

enum { RECORDS = 3, CELLS = 1 << 22, EXTRAS = 1 << 20, HINTS = 32 };

/* The records of 8 bytes; more is where there are too many for one. */
struct cell {
    uint64_t key;
    uint32_t epoch;      /* of the shadow; another one: the cell is empty */
    uint16_t count;      /* of the records in this very cell */
    uint16_t kinds;      /* of its records and those in more, a bit for each */
    uint64_t changes[2]; /* of each half: grows when a record is moved, taken
                          * out, or a write */
    struct cell *more;
    struct race_record records[RECORDS];
};

/* Where a thread's last record of a kind is, while the cell has the same
 * changes: then no write has come since that was looked at. */
struct hint {
    struct cell *head;
    struct race_record *record;
    uint64_t key, changes;
};

struct shadow {
    uint32_t epoch;
    uint32_t used, extras_used;
    struct hint hints[SHARED_THREADS][HINTS];
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
    c->count = c->kinds = 0;
    c->changes[0]++;
    c->changes[1]++;
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
static struct race_record *add(struct cell *c, const struct race_record *r)
{
    struct shadow *h = shadow();
    while (c->count == RECORDS && c->more)
        c = c->more;
    if (c->count == RECORDS) {
        if (h->extras_used == EXTRAS) {
            doubt(DOUBT_MEMORY, "the shadow of the race detector is full");
            return NULL;
        }
        c->more = &h->extras[h->extras_used++];
        c = c->more;
        c->count = 0;
        c->more = NULL;
    }
    c->records[c->count++] = *r;
    return &c->records[c->count - 1];
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

enum {
    READS = 1 << EVENT_READ | 1 << EVENT_ATOMIC_READ,
    ATOMICS = 1 << EVENT_ATOMIC_READ | 1 << EVENT_ATOMIC_WRITE |
              1 << EVENT_ATOMIC_UPDATE,
};

/* Whether an access of a kind is at odds with none of those kinds. */
static bool peaceful(unsigned kinds, uint8_t kind)
{
    if (kind == EVENT_READ)
        return (kinds & ~(unsigned)READS) == 0;
    if (kind == EVENT_ATOMIC_READ)
        return (kinds & ~(unsigned)(READS | ATOMICS)) == 0;
    return atomic(kind) && (kinds & ~(unsigned)ATOMICS) == 0;
}

/* In the place of one of its own thread that it covers: where, or NULL. */
static struct race_record *replace(struct cell *c,
                                   const struct race_record *now)
{
    for (; c; c = c->more)
        for (uint16_t i = 0; i < c->count; i++) {
            struct race_record *old = &c->records[i];
            if (old->thread == now->thread && covers(now, old)) {
                *old = *now;
                return old;
            }
        }
    return NULL;
}

static void change(struct cell *c, unsigned mask)
{
    c->changes[0] += (mask & 0x0f) != 0;
    c->changes[1] += (mask & 0xf0) != 0;
}

static uint64_t changes(const struct cell *c, unsigned mask)
{
    return (mask & 0x0f ? c->changes[0] : 0) +
           (mask & 0xf0 ? c->changes[1] : 0);
}

/* Puts the last one in its place. */
static void take_out(struct cell *head, struct cell *c, struct race_record *old)
{
    const struct race_record *last = &c->records[--c->count];
    change(head, old->mask | last->mask);
    *old = *last;
}

/* Where it is remembered. */
static struct race_record *visit(struct cell *head,
                                 const struct race_record *now)
{
    const struct clock *clock = &state()->current->clock;
    unsigned kinds = 1u << now->kind;
    struct race_record *own =
        peaceful(head->kinds, now->kind) ? replace(head, now) : NULL;
    head->kinds |= own ? (uint16_t)kinds : 0;
    if (writes(now->kind))
        change(head, now->mask);
    if (own)
        return own;
    for (struct cell *c = head; c; c = c->more)
        for (uint16_t i = 0; i < c->count; i++) {
            struct race_record *old = &c->records[i];
            if (!(old->mask & now->mask)) {
                kinds |= 1u << old->kind;
                continue;
            }
            bool before = old->thread == now->thread ||
                          old->epoch <= clock_of(clock, old->thread);
            check(now, old, head->key, before);
            if (before && covers(now, old))
                take_out(head, c, old), i--;
            else
                kinds |= 1u << old->kind;
        }
    head->kinds = (uint16_t)kinds;
    return add(head, now);
}

/* It says nothing new. */
static bool within(const struct race_record *now,
                   const struct race_record *known)
{
    uint64_t apart = known->word ^ now->word;
    return (apart & ~RACE_MASK) == 0 && (apart & now->word & RACE_MASK) == 0;
}

static struct race_record *find(struct cell *c, const struct race_record *now)
{
    for (uint16_t i = 0; i < c->count; i++)
        if (within(now, &c->records[i]))
            return &c->records[i];
    return NULL;
}

/* As visit(), without a search: false when it is not that simple. */
static bool revisit(struct hint *t, uint64_t key, const struct race_record *now)
{
    if (t->key != key || !t->head || t->head->key != key ||
        changes(t->head, now->mask) != t->changes ||
        t->head->epoch != shadow()->epoch)
        return false;
    if (within(now, t->record))
        return true;
    bool write = writes(now->kind);
    if ((write && !peaceful(t->head->kinds, now->kind)) ||
        !covers(now, t->record))
        return false;
    if (write)
        change(t->head, now->mask);
    t->changes = changes(t->head, now->mask);
    t->head->kinds |= (uint16_t)(1u << now->kind);
    *t->record = *now;
    return true;
}

static void access_cell(uint64_t key, const struct race_record *now)
{
    unsigned i =
        (unsigned)key + now->kind + 2u * (unsigned)__builtin_ctz(now->mask);
    struct hint *t = &shadow()->hints[now->thread][i % HINTS];
    if (revisit(t, key, now))
        return;
    struct cell *c = cell_of(key);
    if (!c) {
        doubt(DOUBT_MEMORY, "the shadow of the race detector is full");
        return;
    }
    struct race_record *own = find(c, now);
    if (!own)
        own = visit(c, now);
    *t = (struct hint){own ? c : NULL, own, key, changes(c, now->mask)};
}

void race_access(uint64_t address, size_t n, enum event_kind kind, uint64_t pc)
{
    struct thread *t = state()->current;
    uint64_t word = clock_of(&t->clock, t->id) | (uint64_t)t->id << 32 |
                    (uint64_t)kind << 48;
    struct race_record now = {.pc = pc};
    for (uint64_t end = address + n; address < end;) {
        uint64_t key = address / 8, first = address % 8;
        uint64_t last = key == (end - 1) / 8 ? (end - 1) % 8 : 7;
        uint64_t mask = 0xffu << first & 0xffu >> (7 - last);
        now.word = word | mask << 40;
        access_cell(key, &now);
        address = (key + 1) * 8;
    }
}
