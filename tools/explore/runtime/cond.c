/* Condition variables: who waits, and which of them a signal wakes.
 * Source of the rules: POSIX.1-2017, pthread_cond_timedwait and its neighbours.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/cond.h"

#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/mutex.h"
#include "explore/runtime/race.h"
#include "explore/runtime/snapshot.h"
#include "explore/runtime/threads.h"
#include "explore/runtime/timing.h"

#include <errno.h>

/* What a condition was destroyed with stays in a word that glibc leaves alone
 * until the memory is used anew. */
static uint32_t *marker(const void *c)
{
    return (uint32_t *)((uintptr_t)c + sizeof(pthread_cond_t)) - 1;
}

/* Its first word tells where it was made. */
static void sign_it(const void *c)
{
    *(uint64_t *)(uintptr_t)c = object_sign((uint64_t)c);
}

/* One that no call has initialised in this execution. */
static void adopt(struct object *o, const void *c, uint64_t pc)
{
    const pthread_cond_t *cond = c;
    uint64_t sign = *(const uint64_t *)c;
    if (object_signed(sign) && sign != object_sign(o->address))
        bug_misuse("a copy of a condition", o->address, pc);
    if (*marker(c) == OBJECT_GONE)
        bug_misuse("a condition that was destroyed", o->address, pc);
    if (!object_signed(sign) && cond->__data.__wrefs > 3)
        bug_misuse("a condition that was never initialised", o->address, pc);
    sign_it(c);
    o->pc = pc;
    o->destroyed = false;
}

static struct object *cond_at(const void *c, uint64_t pc)
{
    bool fresh;
    struct object *o = object_get((uint64_t)c, OBJECT_COND, &fresh);
    if (fresh)
        adopt(o, c, pc);
    return o;
}

/* Asked when its turn has come. One made anew by its static initialiser
 * lives. */
static void alive(struct object *o, uint64_t pc)
{
    if (o->destroyed)
        adopt(o, (const void *)o->address, pc);
}

static struct object *held_mutex(struct object *o, pthread_mutex_t *m,
                                 uint64_t pc)
{
    struct object *mutex = object_find((uint64_t)m, OBJECT_MUTEX);
    if (!mutex || mutex->owner != (int32_t)state()->current->id)
        bug_misuse("a wait on a condition without holding its mutex",
                   o->address, pc);
    if (mutex->count > 1)
        doubt(DOUBT_UNMODELLED, "pthread_cond_wait with a mutex locked twice");
    return mutex;
}

/* The place of a thread at a condition. */
static uint64_t place(const struct object *o, uint32_t thread)
{
    return LAYOUT_PLACES + o->address * SHARED_THREADS + thread;
}

static void touch_place(struct pending *p, const struct object *o,
                        uint32_t thread, int32_t need, int32_t delta)
{
    point_gate(p, place(o, thread), TOUCH_WRITE, &o->places[thread], need,
               delta);
}

static void touch_queue(struct pending *p, const struct object *o,
                        int32_t delta)
{
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, delta);
}

/* From here on a signal can wake the thread. */
static void begin_wait(struct object *o, struct object *mutex, uint64_t pc)
{
    struct thread *t = state()->current;
    struct pending *p = point_begin(EVENT_WAIT, o->address, pc);
    touch_queue(p, o, 1);
    touch_place(p, o, t->id, 0, 1);
    point_gate(p, mutex->address, TOUCH_WRITE, &mutex->gate, 0, 1);
    point(p);
    alive(o, pc);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    if (o->waiters > 0 && o->mutex != mutex->address)
        bug_misuse("waits on one condition with two mutexes", o->address, pc);
    o->mutex = mutex->address;
    o->waiters++;
    o->gate++;
    o->places[t->id] = 1;
    t->waits_for = o;
    mutex_give(mutex);
}

static void end_wait(struct object *o, bool signalled)
{
    struct thread *t = state()->current;
    t->waits_for = NULL;
    o->waiters--;
    if (signalled) {
        point_acquire(&o->clock);
        return;
    }
    o->gate--;
    o->places[t->id] = 0;
}

/* The ways to wake up. */
enum wake { WAKE_SIGNAL, WAKE_TIMEOUT, WAKE_LAST, WAKE_SPURIOUS, WAKE_CANCEL };

static void touch_signalled(struct pending *p, const struct object *o)
{
    uint32_t id = state()->current->id;
    point_under(p, place(o, id), TOUCH_READ, &o->places[id], 1);
}

/* The thread wakes up and wants the mutex, both at once: where nothing but a
 * signal can wake it, nobody can tell the difference. */
static int wake_and_lock(struct object *o, struct object *mutex, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_WAKE, o->address, pc);
    p->aid = mutex->address;
    touch_signalled(p, o);
    point_gate(p, mutex->address, TOUCH_WRITE, &mutex->gate, 1, -1);
    point(p);
    end_wait(o, true);
    return mutex_take(mutex, pc);
}

struct patience {
    clockid_t id;
    const struct timespec *deadline; /* NULL: none */
};

/* Who leaves without having been signalled. */
static void touch_leaving(struct pending *p)
{
    const struct object *o = object_find(p->object, OBJECT_COND);
    touch_queue(p, o, -1);
    touch_place(p, o, state()->current->id, 1, -1);
}

/* Adds all ways to wake up; which choice is which goes to ways. */
static void offer_wakes(struct pending *p, struct object *o,
                        const struct patience *w, enum wake ways[5])
{
    struct state *s = state();
    unsigned n = 0;
    touch_signalled(p, o);
    ways[n++] = WAKE_SIGNAL;
    if (w->deadline) {
        timing_choices(p, w->id, w->deadline, touch_leaving);
        ways[n++] = WAKE_TIMEOUT;
        ways[n++] = WAKE_LAST;
    }
    if (s->shared->config.spurious) {
        p->yields = true; /* as where it could time out */
        point_choice(p);
        point_gate(p, LAYOUT_SPURIOUS, TOUCH_WRITE, &s->spurious_left, 1, -1);
        touch_leaving(p);
        ways[n++] = WAKE_SPURIOUS;
    }
    if (threads_offer_cancel(p)) {
        touch_leaving(p);
        ways[n++] = WAKE_CANCEL;
    }
}

/* Who is woken by anything but a signal leaves the queue first, and wants the
 * mutex then: a signal in between is for others. */
static int wake_then_lock(struct object *o, struct object *mutex,
                          const struct patience *w, uint64_t pc)
{
    enum wake ways[5];
    int error = 0;
    struct pending *p = point_begin(EVENT_WAKE, o->address, pc);
    p->aid = mutex->address;
    offer_wakes(p, o, w, ways);
    enum wake way = ways[point(p)];
    if (way == WAKE_TIMEOUT || way == WAKE_LAST)
        error = timing_out(way == WAKE_TIMEOUT, w->id, w->deadline);
    state()->spurious_left -= way == WAKE_SPURIOUS;
    end_wait(o, way == WAKE_SIGNAL);
    p = point_begin(EVENT_LOCK, mutex->address, pc);
    mutex_touch_lock(p, mutex);
    point(p);
    int taken = mutex_take(mutex, pc);
    if (way == WAKE_CANCEL)
        threads_cancel_now(pc);
    return taken ? taken : error;
}

int cond_wait(const void *c, pthread_mutex_t *m, clockid_t id,
              const struct timespec *deadline, uint64_t pc)
{
    struct object *o = cond_at(c, pc);
    struct object *mutex = held_mutex(o, m, pc);
    if (deadline && !timing_valid(deadline))
        return EINVAL;
    threads_test_cancel(pc);
    begin_wait(o, mutex, pc);
    if (deadline || state()->shared->config.spurious ||
        point_learned(LEARNED_CANCEL))
        return wake_then_lock(o, mutex, &(struct patience){id, deadline}, pc);
    return wake_and_lock(o, mutex, pc);
}

clockid_t cond_clock(const void *c, uint64_t pc)
{
    return cond_at(c, pc)->type;
}

/* Choice 0 wakes nobody, for nobody waits; choice 1 + t wakes thread t. */
static void refresh_signal(struct pending *p)
{
    const struct object *o = p->other;
    uint32_t threads = state()->threads_used;
    point_again(p);
    point_under(p, o->address, TOUCH_READ, &o->gate, 1);
    for (uint32_t t = 0; t < threads; t++) {
        point_choice(p);
        touch_queue(p, o, -1);
        touch_place(p, o, t, 1, -1);
    }
}

static void refresh_broadcast(struct pending *p)
{
    const struct object *o = p->other;
    point_again(p);
    if (o->gate == 0) { /* no gate: with waiters this choice is open, too */
        point_touch(p, o->address, 1, TOUCH_READ);
        return;
    }
    touch_queue(p, o, -o->gate);
    for (uint32_t t = 0; t < state()->threads_used; t++)
        if (o->places[t])
            touch_place(p, o, t, 0, -1);
}

static void wake(struct object *o, uint32_t thread)
{
    o->gate -= o->places[thread];
    o->places[thread] = 0;
}

void cond_signal(const void *c, uint64_t pc)
{
    struct object *o = cond_at(c, pc);
    struct pending *p = point_begin(EVENT_SIGNAL, o->address, pc);
    p->other = o;
    point_fickle(p, refresh_signal);
    unsigned choice = point(p);
    alive(o, pc);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    point_release(&o->clock);
    if (choice > 0)
        wake(o, choice - 1);
}

void cond_broadcast(const void *c, uint64_t pc)
{
    struct object *o = cond_at(c, pc);
    struct pending *p = point_begin(EVENT_BROADCAST, o->address, pc);
    p->other = o;
    point_fickle(p, refresh_broadcast);
    point(p);
    alive(o, pc);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    point_release(&o->clock);
    for (uint32_t t = 0; t < state()->threads_used; t++)
        wake(o, t);
}

void cond_init(const void *c, clockid_t id, size_t n, uint64_t pc)
{
    bool fresh;
    struct object *o = object_get((uint64_t)c, OBJECT_COND, &fresh);
    if (o->gate > 0)
        bug_misuse("initialisation of a condition that is waited for",
                   o->address, pc);
    if (!fresh && !o->destroyed && !o->initialised && snapshot_has(o->address))
        bug_misuse("initialisation of a condition that was in use", o->address,
                   pc);
    access_plain(o->address, n, EVENT_WRITE, pc);
    o->initialised = true;
    o->type = id;
    o->pc = pc;
    o->destroyed = false;
    sign_it(c);
}

void cond_destroy(const void *c, size_t n, uint64_t pc)
{
    struct object *o = cond_at(c, pc);
    struct pending *p = point_begin(EVENT_COND_DESTROY, o->address, pc);
    point_touch(p, o->address, 1, TOUCH_WRITE);
    point(p);
    alive(o, pc);
    if (o->gate > 0)
        bug_misuse("destruction of a condition that is waited for", o->address,
                   pc);
    race_access(o->address, n, EVENT_WRITE, pc);
    o->destroyed = true;
    *marker(c) = OBJECT_GONE;
}
