/* A shadow of 8-byte cells in a hash table that is emptied by counting on.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/race.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/layout.h"
#include "explore/runtime/state.h"

enum { RECORDS = 3, CELLS = 1 << 22, EXTRAS = 1 << 20, HINTS = 32 };
enum { SEVERAL = 0xff };

_Static_assert((int)SHARED_THREADS <= (int)SEVERAL,
               "who a cell is of has 8 bits");

/* The records of 8 bytes; more is where there are too many for one. */
struct cell {
    uint64_t key;
    uint32_t epoch;   /* of the shadow; another one: the cell is empty */
    uint8_t count;    /* of the records in this very cell */
    uint8_t kinds;    /* of its records and those in more, a bit for each */
    uint8_t masks;    /* all that they touched, at most */
    uint8_t who;      /* whose they all are; SEVERAL */
    uint64_t changes; /* of each half, 32 bits: grows when a record is moved,
                       * taken out, or a write */
    struct cell *more;
    struct race_record records[RECORDS];
};

/* Where a thread's last record of a kind is, while the cell has the same
 * changes: then no write has come since that was looked at. */
struct hint {
    uint64_t key, changes;
    struct cell *head;
    struct race_record *record; /* NULL: only the cell is known */
    uint32_t epoch;             /* of the shadow */
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

/* A 1 in each half that has bytes of the mask. */
static uint64_t halves(unsigned mask)
{
    return (uint64_t)(mask > 0x0f) << 32 | ((mask & 0x0f) != 0);
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
    c->count = c->kinds = c->masks = 0;
    c->changes += halves(0xff);
    c->more = NULL;
    return c;
}

enum {
    READS = 1 << EVENT_READ | 1 << EVENT_ATOMIC_READ,
    ATOMICS = 1 << EVENT_ATOMIC_READ | 1 << EVENT_ATOMIC_WRITE |
              1 << EVENT_ATOMIC_UPDATE,
    FREES = 1 << EVENT_FREE,
    PLAIN_WRITES = 1 << EVENT_WRITE,
    PLAIN = 1 << EVENT_READ | PLAIN_WRITES,
    ALL = READS | ATOMICS | FREES | PLAIN_WRITES,
};

_Static_assert(ALL < 1 << 8, "the kinds of a cell have 8 bits");

static bool is_of(unsigned kinds, uint8_t kind)
{
    return kinds >> kind & 1;
}

static bool writes(uint8_t kind)
{
    return !is_of(READS, kind);
}

static bool atomic(uint8_t kind)
{
    return is_of(ATOMICS, kind);
}

/* Of a kind: which others all that could race with them races with, too, given
 * that they happened before. */
static unsigned covered_by(uint8_t kind)
{
    unsigned covered = atomic(kind) ? ATOMICS : ALL & ~FREES;
    return writes(kind) ? covered : covered & READS;
}

static bool covers(struct race_record new, const struct race_record *old)
{
    return (old->mask & ~new.mask) == 0 &&
           is_of(covered_by(new.kind), old->kind);
}

static bool conflict(const struct race_record *a, const struct race_record *b)
{
    return (a->mask & b->mask) != 0 && a->thread != b->thread &&
           (writes(a->kind) || writes(b->kind)) &&
           !(atomic(a->kind) && atomic(b->kind));
}

/* Adds a record; the cell and its tail have no place for it if it is lost. */
static struct race_record *add(struct cell *c, struct race_record r)
{
    struct shadow *h = shadow();
    c->masks |= r.mask;
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
    c->records[c->count] = r;
    return &c->records[c->count++];
}

static void check(struct race_record now, const struct race_record *old,
                  uint64_t key, bool before)
{
    unsigned both = old->mask & now.mask;
    uint64_t byte = key * 8 + (uint64_t)__builtin_ctz(both);
    if (old->kind == EVENT_FREE && before)
        bug_freed(byte, old, &now);
    else if (!before && conflict(&now, old))
        bug_race(byte, old, &now);
}

/* Whether an access of a kind is at odds with none of those kinds. */
static bool peaceful(unsigned kinds, uint8_t kind)
{
    unsigned with = kind == EVENT_READ          ? READS
                    : kind == EVENT_ATOMIC_READ ? READS | ATOMICS
                    : atomic(kind)              ? ATOMICS
                                                : 0;
    return (kinds & ~with) == 0;
}

/* In the place of one of its own thread that it covers: where, or NULL. */
static struct race_record *replace(struct cell *c, struct race_record now)
{
    for (; c; c = c->more)
        for (unsigned i = 0; i < c->count; i++) {
            struct race_record *old = &c->records[i];
            if (old->thread == now.thread && covers(now, old)) {
                *old = now;
                return old;
            }
        }
    return NULL;
}

static void change(struct cell *c, unsigned mask)
{
    c->changes += halves(mask);
}

static uint64_t changes(const struct cell *c, unsigned mask)
{
    return c->changes & halves(mask) * UINT32_MAX;
}

/* Puts the last one in its place. */
static void take_out(struct cell *head, struct cell *c, struct race_record *old)
{
    const struct race_record *last = &c->records[--c->count];
    change(head, old->mask | last->mask);
    *old = *last;
}

/* What the cell has of others is looked at, what `now` covers is taken out. */
static unsigned look_at_all(struct cell *head, struct race_record now)
{
    const struct clock *clock = &state()->current->clock;
    unsigned kinds = 1u << now.kind;
    for (struct cell *c = head; c; c = c->more)
        for (unsigned i = 0; i < c->count; i++) {
            struct race_record *old = &c->records[i];
            if (!(old->mask & now.mask)) {
                kinds |= 1u << old->kind;
                continue;
            }
            bool before = old->thread == now.thread ||
                          old->epoch <= clock_of(clock, old->thread);
            if (!before || old->kind == EVENT_FREE)
                check(now, old, head->key, before);
            if (before && covers(now, old))
                take_out(head, c, old), i--;
            else
                kinds |= 1u << old->kind;
        }
    return kinds;
}

/* The same where it writes what its thread alone has used: that is all gone. */
static bool clear(struct cell *head, struct race_record now)
{
    if (now.kind != EVENT_WRITE || head->who != now.thread || head->more ||
        head->kinds & FREES || head->masks & ~(unsigned)now.mask)
        return false;
    head->count = 0;
    head->masks = 0;
    head->kinds = PLAIN_WRITES;
    return true;
}

/* Where it is remembered. */
static struct race_record *visit(struct cell *head, struct race_record now)
{
    struct race_record *own =
        peaceful(head->kinds, now.kind) ? replace(head, now) : NULL;
    if (writes(now.kind))
        change(head, now.mask);
    if (own) {
        head->kinds |= (uint8_t)(1u << now.kind);
        head->masks |= now.mask;
        return own;
    }
    if (!clear(head, now))
        head->kinds = (uint8_t)look_at_all(head, now);
    bool empty = !head->count && !head->more;
    head->masks = empty ? 0 : head->masks;
    head->who = empty || head->who == now.thread ? now.thread : SEVERAL;
    return add(head, now);
}

/* It says nothing new. */
static bool within(struct race_record now, const struct race_record *known)
{
    return ((known->word ^ now.word) & (now.word | ~RACE_MASK)) == 0;
}

static struct race_record *find(struct cell *c, struct race_record now)
{
    for (unsigned i = 0; i < c->count; i++)
        if (within(now, &c->records[i]))
            return &c->records[i];
    return NULL;
}

/* As visit(), without a search: false when it is not that simple. */
static bool revisit(struct hint *t, struct race_record now)
{
    if (!t->record || changes(t->head, now.mask) != t->changes)
        return false;
    if (within(now, t->record))
        return true;
    bool write = writes(now.kind);
    if ((write && !peaceful(t->head->kinds, now.kind)) ||
        !covers(now, t->record))
        return false;
    if (write) {
        change(t->head, now.mask);
        t->changes = changes(t->head, now.mask);
    }
    t->head->kinds |= (uint8_t)(1u << now.kind);
    t->head->masks |= now.mask;
    *t->record = now;
    return true;
}

/* As visit(), where none but this thread has used the cell, by plain reads and
 * writes, and no other bytes of it: NULL when it is not that simple. */
static struct race_record *again_mine(struct cell *c, struct race_record now)
{
    if (c->who != now.thread || c->masks != now.mask || c->more ||
        c->kinds & ~(unsigned)PLAIN || c->count > 2)
        return NULL;
    struct race_record *first = &c->records[0];
    struct race_record *last = &c->records[c->count - 1];
    if (within(now, first))
        return first;
    if (within(now, last))
        return last;
    if (now.kind == EVENT_WRITE) {
        change(c, now.mask);
        c->kinds = PLAIN_WRITES;
        c->count = 1;
        *first = now;
        return first;
    }
    if (now.kind != EVENT_READ ||
        (first != last && (writes(last->kind) || !writes(first->kind))))
        return NULL;
    c->kinds |= 1u << EVENT_READ;
    last += writes(last->kind);
    c->count = (uint8_t)(last - first + 1);
    *last = now;
    return last;
}

/* Apart from what is frequent, which is faster so. */
__attribute__((noinline)) static struct race_record *
anyhow(struct cell *c, struct race_record now)
{
    struct race_record *own = find(c, now);
    return own ? own : visit(c, now);
}

/* Points the hint at the cell. */
__attribute__((noinline)) static bool meet(struct hint *t, uint64_t key)
{
    struct cell *c = cell_of(key);
    if (!c) {
        doubt(DOUBT_MEMORY, "the shadow of the race detector is full");
        return false;
    }
    t->key = key;
    t->epoch = shadow()->epoch;
    t->head = c;
    t->record = NULL;
    return true;
}

static void access_cell(uint64_t key, unsigned first, struct race_record now)
{
    struct shadow *h = shadow();
    unsigned i = (unsigned)key + now.kind + 2u * first;
    struct hint *t = &h->hints[now.thread][i % HINTS];
    if (t->key != key || t->epoch != h->epoch) {
        if (!meet(t, key))
            return;
    } else if (revisit(t, now)) {
        return;
    }
    t->record = again_mine(t->head, now);
    if (!t->record)
        t->record = anyhow(t->head, now);
    t->changes = changes(t->head, now.mask);
}

__attribute__((noinline)) static void access_cells(uint64_t address, size_t n,
                                                   struct race_record now)
{
    uint64_t word = now.word;
    for (uint64_t end = address + n; address < end;) {
        uint64_t key = address / 8, first = address % 8;
        uint64_t last = key == (end - 1) / 8 ? (end - 1) % 8 : 7;
        uint64_t mask = 0xffu << first & 0xffu >> (7 - last);
        now.word = word | mask << 40;
        access_cell(key, (unsigned)first, now);
        address = (key + 1) * 8;
    }
}

void race_access(uint64_t address, size_t n, enum event_kind kind, uint64_t pc)
{
    const struct thread *t = state()->current;
    unsigned first = address % 8;
    struct race_record now = {.word = t->clock.at[t->id] |
                                      (uint64_t)t->id << 32 |
                                      (uint64_t)kind << 48,
                              .pc = pc};
    if (first + n > 8 || n == 0) {
        access_cells(address, n, now);
        return;
    }
    now.word |= (uint64_t)(0xffu >> (8 - n) << first) << 40;
    access_cell(address / 8, first, now);
}
