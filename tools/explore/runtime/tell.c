/* Events into shared memory.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/tell.h"

#include "explore/runtime/heap.h"
#include "explore/runtime/snapshot.h"

#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* By the kernel, which does not mind an address that leads nowhere: the fault
 * is the program's, a moment later. */
static uint64_t value_at(uint64_t address, size_t n)
{
    uint64_t value = 0;
    if (heap_has(address) || snapshot_has(address) ||
        fiber_of_stack(address) >= 0) {
        memcpy(&value, (const void *)address, n);
        return value;
    }
    struct iovec to = {.iov_base = &value, .iov_len = n};
    struct iovec from = {.iov_base = (void *)address, .iov_len = n};
    process_vm_readv(getpid(), &to, 1, &from, 1, 0);
    return value;
}

static bool has_value(const struct event *e)
{
    return e->size && e->kind >= EVENT_READ && e->kind <= EVENT_ATOMIC_UPDATE &&
           e->kind != EVENT_FREE;
}

/* What a write wrote can be seen once its thread has gone on. */
void tell_end(void)
{
    struct shared *m = state()->shared;
    if (m->events_count == 0)
        return;
    struct event *last = &m->events[(m->events_count - 1) % SHARED_EVENTS];
    if (has_value(last))
        last->after = value_at(last->address, last->size);
}

void tell_object(uint64_t object)
{
    struct shared *m = state()->shared;
    if (m->events_count)
        m->events[(m->events_count - 1) % SHARED_EVENTS].address = object;
}

static void add(struct event e)
{
    struct shared *m = state()->shared;
    tell_end();
    if (has_value(&e))
        e.before = e.after = value_at(e.address, e.size);
    m->events[m->events_count % SHARED_EVENTS] = e;
    m->events_count++;
}

/* Whether t sleeps, and another one that could go on has slept less: by the
 * clock on the wall it would be first. */
static bool is_early(const struct thread *t)
{
    const struct state *s = state();
    if (t->pending.kind != EVENT_SLEEP)
        return false;
    uint64_t wakes = t->clock.vtime + t->pending.aid;
    for (uint32_t i = 0; i < s->threads_used; i++) {
        const struct thread *o = &s->threads[i];
        if (o != t && o->used && !o->ended && o->clock.vtime < wakes &&
            op_choice_open(&o->pending.choices[0]))
            return true;
    }
    return false;
}

void tell_point(struct thread *t)
{
    const struct pending *p = &t->pending;
    add((struct event){.pc = p->pc,
                       .address = p->object,
                       .hook = t->hooks,
                       .thread = (uint16_t)t->id,
                       .kind = (uint8_t)p->kind,
                       .size = p->size,
                       .choice = (uint8_t)t->choice,
                       .step = 1,
                       .breaks = state()->breaks,
                       .early = is_early(t)});
}

static bool is_watched(uint64_t address, size_t n)
{
    const struct state *s = state();
    for (uint32_t i = 0; i < s->watched_count; i++)
        if (address / 8 <= s->watched[i] / 8 &&
            s->watched[i] / 8 <= (address + n - 1) / 8)
            return true;
    return s->watched_count == 0;
}

void tell_plain(struct thread *t, uint64_t address, size_t n,
                enum event_kind kind, uint64_t pc)
{
    if (!is_watched(address, n))
        return;
    add((struct event){.pc = pc,
                       .address = address,
                       .hook = t->hooks,
                       .thread = (uint16_t)t->id,
                       .kind = (uint8_t)kind,
                       .size = n <= 8 ? (uint8_t)n : 0});
}
