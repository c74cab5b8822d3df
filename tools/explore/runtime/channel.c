/* Rings of bytes with two gates each.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/channel.h"

#include "explore/runtime/point.h"

#include <string.h>

struct channels {
    uint32_t count;
    struct channel list[CHANNELS];
};

_Static_assert(sizeof(struct channels) <= LAYOUT_CHANNELS_SIZE, "grow it");

static struct channels *channels(void)
{
    return (struct channels *)LAYOUT_CHANNELS;
}

void channel_reset(void)
{
    struct channels *l = channels();
    for (uint32_t i = 0; i < l->count; i++)
        memset(&l->list[i], 0, offsetof(struct channel, data));
    l->count = 0;
}

struct channel *channel_new(void)
{
    struct channels *l = channels();
    if (l->count == CHANNELS)
        return NULL;
    struct channel *c = &l->list[l->count++];
    c->room = CHANNEL_ROOM;
    return c;
}

/* The objects of the search: what is in it, what fits in. */
static uint64_t inside(const struct channel *c)
{
    return (uint64_t)&c->filled;
}

static uint64_t around(const struct channel *c)
{
    return (uint64_t)&c->room;
}

static int32_t limit(const struct channel *c)
{
    return c->counts ? CHANNEL_COUNT : CHANNEL_ROOM;
}

static int32_t smaller(size_t n, int32_t most)
{
    return n < (size_t)most ? (int32_t)n : most;
}

/* How much a read would take now. */
static int32_t taken(const struct channel *c, size_t n)
{
    if (c->counts)
        return c->one_by_one && c->bytes ? 1 : c->bytes;
    return smaller(n, c->bytes);
}

/* How much room a write waits for, and how much of it goes in now: few bytes
 * go in all together, many as they can. */
static int32_t wanted(const struct channel *c, size_t n)
{
    return c->counts || n <= CHANNEL_ATOMIC ? (int32_t)n : 1;
}

static int32_t given(const struct channel *c, size_t n)
{
    int32_t room = limit(c) - c->bytes;
    if (c->broken || room < wanted(c, n))
        return 0;
    return smaller(n, room);
}

void channel_touch_read(struct pending *p, struct channel *c, size_t n,
                        bool waits, bool peeks)
{
    int32_t k = peeks ? 0 : taken(c, n);
    if (peeks || (!waits && c->filled == 0)) {
        point_gate(p, inside(c), TOUCH_READ, &c->filled, waits ? 1 : 0, 0);
        return;
    }
    point_gate(p, inside(c), TOUCH_WRITE, &c->filled, waits ? 1 : 0, -k);
    point_gate(p, around(c), TOUCH_WRITE, &c->room, 0, k);
}

void channel_touch_write(struct pending *p, struct channel *c, size_t n,
                         bool waits)
{
    int32_t k = given(c, n);
    if (!waits && c->room < wanted(c, n)) {
        point_touch(p, around(c), 1, TOUCH_READ);
        return;
    }
    point_gate(p, around(c), TOUCH_WRITE, &c->room, waits ? wanted(c, n) : 0,
               -k);
    point_gate(p, inside(c), TOUCH_WRITE, &c->filled, 0, k);
}

bool channel_readable(const struct channel *c)
{
    return c->filled > 0;
}

bool channel_writable(const struct channel *c)
{
    return c->room >= (c->counts ? 1 : CHANNEL_ATOMIC);
}

void channel_touch_ready(struct pending *p, const struct channel *c, bool write,
                         bool under)
{
    const int32_t *gate = write ? &c->room : &c->filled;
    int32_t need = !write || c->counts ? 1 : CHANNEL_ATOMIC;
    if (under)
        point_under(p, (uint64_t)gate, TOUCH_READ, gate, need);
    else
        point_gate(p, (uint64_t)gate, TOUCH_READ, gate, need, 0);
}

void channel_touch_look(struct pending *p, const struct channel *c, bool write)
{
    point_touch(p, write ? around(c) : inside(c), 1, TOUCH_READ);
}

void channel_touch_end(struct pending *p, struct channel *c, bool writers)
{
    if (writers)
        point_gate(p, inside(c), TOUCH_WRITE, &c->filled, 0,
                   c->ended ? 0 : CHANNEL_ENDED);
    else
        point_gate(p, around(c), TOUCH_WRITE, &c->room, 0,
                   c->broken ? 0 : CHANNEL_ENDED);
}

void channel_end(struct channel *c, bool writers)
{
    point_release(&c->clock);
    if (writers && !c->ended) {
        c->ended = true;
        c->filled += CHANNEL_ENDED;
    } else if (!writers && !c->broken) {
        c->broken = true;
        c->room += CHANNEL_ENDED;
    }
}

static void moved(struct channel *c, int32_t k)
{
    c->bytes += k;
    c->filled += k;
    c->room -= k;
}

size_t channel_read(struct channel *c, void *to, size_t n, bool peeks)
{
    int32_t k = taken(c, n);
    point_acquire(&c->clock);
    for (int32_t i = 0; i < k; i++)
        ((char *)to)[i] = c->data[(c->first + (uint32_t)i) % CHANNEL_ROOM];
    if (!peeks) {
        c->first = (c->first + (uint32_t)k) % CHANNEL_ROOM;
        moved(c, -k);
    }
    return (size_t)k;
}

size_t channel_write(struct channel *c, const void *from, size_t n)
{
    int32_t k = given(c, n);
    uint32_t end = c->first + (uint32_t)c->bytes;
    point_release(&c->clock);
    for (int32_t i = 0; i < k; i++)
        c->data[(end + (uint32_t)i) % CHANNEL_ROOM] = ((const char *)from)[i];
    moved(c, k);
    return (size_t)k;
}

uint64_t channel_take(struct channel *c)
{
    int32_t k = taken(c, 1);
    point_acquire(&c->clock);
    moved(c, -k);
    return (uint64_t)k;
}

void channel_add(struct channel *c, int32_t n)
{
    point_release(&c->clock);
    moved(c, n);
}
