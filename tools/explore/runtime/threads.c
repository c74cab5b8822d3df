/* POSIX threads as fibers.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/threads.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/exits.h"
#include "explore/runtime/keys.h"
#include "explore/runtime/mutex.h"
#include "explore/runtime/object.h"
#include "explore/runtime/race.h"
#include "explore/runtime/replay.h"
#include "explore/runtime/signals.h"
#include "explore/runtime/tell.h"

#include <errno.h>
#include <string.h>

#define PC ((uint64_t)__builtin_return_address(0))

static void set_live(struct thread *t, bool live)
{
    struct op_view *v = &state()->view;
    uint64_t bit = 1ull << t->id % 64;
    if (live)
        v->live[t->id / 64] |= bit;
    else
        v->live[t->id / 64] &= ~bit;
}

/* The part of a thread before its pending operation is made anew. */
static struct thread *make(uint32_t id)
{
    struct state *s = state();
    struct thread *t = &s->threads[id];
    if (t->has_specific)
        memset(t->specific, 0, sizeof t->specific);
    memset(t, 0, offsetof(struct thread, pending));
    t->id = id;
    t->used = t->starting = true;
    clock_clear(&t->clock);
    clock_clear(&t->fence_released);
    clock_clear(&t->fence_acquired);
    clock_set(&t->clock, id, 1);
    if (s->threads_used <= id)
        s->threads_used = id + 1;
    s->live++;
    if (s->replaying)
        replay_start(t);
    return t;
}

bool threads_start_main(void (*entry)(void *))
{
    struct thread *t = make(0);
    set_live(t, true);
    state()->current = t;
    return fiber_prepare(&t->fiber, 0, entry, NULL);
}

struct thread *threads_by_id(pthread_t id)
{
    struct state *s = state();
    for (uint32_t i = 0; i < s->threads_used; i++)
        if (s->threads[i].used && s->threads[i].fiber.fs == id)
            return &s->threads[i];
    return NULL;
}

/* The same number in every execution: by whose how many-th child it is. */
static int number(struct thread *parent)
{
    struct state *s = state();
    struct shared *m = s->shared;
    uint32_t nth = parent->children++;
    if (!s->replaying) {
        int id = search_thread(s->search, parent->id, nth);
        if (id > 0) {
            m->slots[id] = (struct shared_slot){parent->id, nth};
            if (m->slots_count <= (uint32_t)id)
                m->slots_count = (uint32_t)id + 1;
        }
        return id;
    }
    for (uint32_t i = 1; i < m->slots_count; i++)
        if (m->slots[i].parent == parent->id && m->slots[i].child == nth)
            return (int)i;
    if (m->slots_count == 0)
        m->slots_count = 1;
    if (m->slots_count == SHARED_THREADS)
        return -1;
    m->slots[m->slots_count] = (struct shared_slot){parent->id, nth};
    return (int)m->slots_count++;
}

static void body(void *argument)
{
    struct thread *t = argument;
    void *result = NULL;
    if (t->run_c11)
        result = (void *)(intptr_t)t->run_c11(t->argument);
    else
        result = t->run(t->argument);
    threads_end(result);
}

static void inherit(struct thread *t, struct thread *parent,
                    const struct threads_new *n)
{
    t->parent = parent->id;
    t->run = n->run;
    t->run_c11 = n->run_c11;
    t->argument = n->argument;
    t->detached = n->detached;
    t->stack = n->stack;
    t->created_pc = n->pc;
    signals_inherit(t, parent);
    clock_join(&t->clock, &parent->clock);
    clock_set(&parent->clock, parent->id,
              clock_of(&parent->clock, parent->id) + 1);
}

int threads_create(pthread_t *id, const struct threads_new *n)
{
    struct state *s = state();
    struct thread *parent = s->current;
    struct pending *p = point_begin(EVENT_CREATE, 0, n->pc);
    point(p);
    int slot = number(parent);
    if (slot < 0 || slot >= SHARED_THREADS) {
        doubt(DOUBT_THREADS, "");
        point_end(SEARCH_ENDED_CAP);
    }
    struct thread *t = make((uint32_t)slot);
    inherit(t, parent, n);
    if (!fiber_prepare(&t->fiber, t->id, body, t)) {
        doubt(DOUBT_THREADS, "no more threads can be had");
        point_end(SEARCH_ENDED_CAP);
    }
    if (s->telling)
        tell_object(t->id);
    race_access((uint64_t)id, sizeof *id, EVENT_WRITE, n->pc);
    *id = t->fiber.fs;
    set_live(t, true);
    s->current = t;
    fiber_switch(&parent->fiber, &t->fiber);
    return 0;
}

int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *a,
                          void *(*run)(void *), void *argument);
int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *a,
                          void *(*run)(void *), void *argument)
{
    if (!active())
        thread_foreign();
    int detach = PTHREAD_CREATE_JOINABLE;
    size_t stack = 0;
    if (a) {
        pthread_attr_getdetachstate(a, &detach);
        pthread_attr_getstacksize(a, &stack);
    }
    struct threads_new n = {.run = run,
                            .argument = argument,
                            .detached = detach == PTHREAD_CREATE_DETACHED,
                            .stack = stack,
                            .pc = PC};
    return threads_create(id, &n);
}

/* What its end lets others do: join it, and lock its robust mutexes. */
static void end_point(struct thread *t)
{
    struct pending *p = point_begin(EVENT_END, t->id, 0);
    point_gate(p, threads_end_object(t), TOUCH_WRITE, &t->ended_gate, 0, 1);
    for (struct object *o = object_next(NULL); o && t->held; o = object_next(o))
        if (o->kind == OBJECT_MUTEX && o->robust && !o->destroyed &&
            o->owner == (int32_t)t->id && p->touches_count < STATE_TOUCHES)
            point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, 1);
    point(p);
}

/* Whether the thread wrote below the stack that it asked for: what lies there
 * is zero until it is used. */
static bool overflowed(const struct thread *t)
{
    enum { SEEN = 64 << 10 };
    const struct fiber *f = &t->fiber;
    if (!t->stack || t->stack + SEEN > (size_t)(f->top - f->bottom))
        return false;
    const uint64_t *end = (const uint64_t *)(f->top - t->stack / 8 * 8);
    for (const uint64_t *p = end - SEEN / 8; p < end; p++)
        if (*p)
            return true;
    return false;
}

/* Nobody will ever take it again. */
static void check_held(const struct thread *t)
{
    for (struct object *o = object_next(NULL); o && t->held; o = object_next(o))
        if (o->owner == (int32_t)t->id && !o->robust && !o->destroyed &&
            (o->kind == OBJECT_MUTEX || o->kind == OBJECT_RWLOCK ||
             o->kind == OBJECT_SPIN))
            bug_left_locked(o);
}

void threads_end(void *result)
{
    struct state *s = state();
    struct thread *t = s->current;
    t->exiting = true;
    t->result = result;
    keys_destroy();
    end_point(t);
    if (overflowed(t))
        doubt(DOUBT_UNMODELLED, "a thread that needs more than its stack");
    check_held(t);
    mutex_owner_ended(t->id);
    t->ended_gate = 1;
    if (s->live == 1)
        exits_last();
    t->ended = true;
    fiber_seen(&t->fiber, t->id);
    set_live(t, false);
    s->live--;
    point_next(t);
    __builtin_unreachable();
}

static struct thread *joinable(pthread_t id, uint64_t pc)
{
    struct thread *t = threads_by_id(id);
    if (!t)
        bug_misuse("join or detach of what is no thread", id, pc);
    if (t->joined)
        bug_misuse("join or detach of a thread that was joined", t->id, pc);
    if (t->detached)
        bug_misuse("join or detach of a thread that is detached", t->id, pc);
    return t;
}

int threads_join(pthread_t id, void **result, uint64_t pc)
{
    struct thread *self = state()->current;
    threads_test_cancel(pc);
    struct thread *t = joinable(id, pc);
    if (t == self)
        return EDEADLK;
    struct pending *p = point_begin(EVENT_JOIN, t->id, pc);
    p->aid = t->id;
    point_gate(p, threads_end_object(t), TOUCH_READ, &t->ended_gate, 1, 0);
    threads_offer_cancel(p);
    if (point(p) == 1)
        threads_cancel_now(pc);
    joinable(id, pc); /* another may have joined it meanwhile */
    t->joined = true;
    point_acquire(&t->clock);
    if (!result)
        return 0;
    race_access((uint64_t)result, sizeof *result, EVENT_WRITE, pc);
    *result = t->result;
    return 0;
}

int __wrap_pthread_join(pthread_t id, void **result);
int __wrap_pthread_join(pthread_t id, void **result)
{
    return active() ? threads_join(id, result, PC) : ESRCH;
}

int threads_detach(pthread_t id, uint64_t pc)
{
    joinable(id, pc)->detached = true;
    return 0;
}

int __wrap_pthread_detach(pthread_t id);
int __wrap_pthread_detach(pthread_t id)
{
    return active() ? threads_detach(id, PC) : ESRCH;
}
