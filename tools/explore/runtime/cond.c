/* Condition variables: who waits, and which of them a signal wakes.
 * Source of the rules: POSIX.1-2017, pthread_cond_timedwait and its neighbours.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/cond.h"

#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/mutex.h"
#include "explore/runtime/race.h"
#include "explore/runtime/threads.h"
#include "explore/runtime/timing.h"

#include <pthread.h>

#define PC ((uint64_t)__builtin_return_address(0))

/* What a condition was destroyed with stays in a word that glibc leaves alone
 * until the memory is used anew. */
static uint32_t *marker(const void *c)
{
    return (uint32_t *)((uintptr_t)c + sizeof(pthread_cond_t)) - 1;
}

static struct object *cond_at(const void *c, uint64_t pc)
{
    bool fresh;
    struct object *o = object_get((uint64_t)c, OBJECT_COND, &fresh);
    if (fresh)
        o->pc = pc;
    if (o->destroyed && *marker(c) == OBJECT_GONE)
        bug_misuse("a condition that was destroyed", o->address, pc);
    o->destroyed = false; /* made anew by its static initialiser */
    return o;
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

/* From here on a signal can wake the thread. */
static void begin_wait(struct object *o, struct object *mutex, uint64_t pc)
{
    struct thread *t = state()->current;
    struct pending *p = point_begin(EVENT_WAIT, o->address, pc);
    point_touch(p, o->address, 1, TOUCH_WRITE);
    point_gate(p, mutex->address, TOUCH_WRITE, &mutex->gate, 0, 1);
    point(p);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    if (o->waiters > 0 && o->mutex != mutex->address)
        bug_misuse("waits on one condition with two mutexes", o->address, pc);
    o->mutex = mutex->address;
    o->waiters++;
    t->waits_for = o;
    t->wait_gate = 0;
    t->wait_token =
        LAYOUT_TOKENS + t->id * LAYOUT_TOKENS_EACH + 16ull * ++t->waits;
    mutex_give(mutex);
}

static void end_wait(struct object *o, bool signalled)
{
    struct thread *t = state()->current;
    t->waits_for = NULL;
    if (signalled) {
        t->wait_gate--;
        point_acquire(&o->clock);
    } else {
        o->waiters--;
    }
}

/* The thread wakes up and wants the mutex, both at once: where nothing but a
 * signal can wake it, nobody can tell the difference. */
static void wake_and_lock(struct object *o, struct object *mutex, uint64_t pc)
{
    struct thread *t = state()->current;
    struct pending *p = point_begin(EVENT_WAKE, o->address, pc);
    p->aid = mutex->address;
    point_gate(p, t->wait_token, TOUCH_WRITE, &t->wait_gate, 1, -1);
    point_gate(p, mutex->address, TOUCH_WRITE, &mutex->gate, 1, -1);
    point(p);
    end_wait(o, true);
    mutex_take(mutex, pc);
}

struct patience {
    clockid_t id;
    const struct timespec *deadline; /* NULL: none */
};

enum wake { WAKE_SIGNAL, WAKE_TIMEOUT, WAKE_LAST, WAKE_OTHER };

/* All ways to wake up, in the order of enum wake. */
static void offer_wakes(struct pending *p, struct object *o,
                        const struct patience *w)
{
    struct state *s = state();
    struct thread *t = s->current;
    point_gate(p, t->wait_token, TOUCH_WRITE, &t->wait_gate, 1, -1);
    if (w->deadline) {
        timing_choices(p, w->id, w->deadline, o->address, t->wait_token);
    } else {
        point_choice(p)->closed = true;
        point_choice(p)->closed = true;
    }
    point_choice(p);
    point_touch(p, o->address, 1, TOUCH_WRITE);
    point_touch(p, t->wait_token, 1, TOUCH_WRITE);
    if (s->shared->config.spurious)
        point_gate(p, LAYOUT_BUDGET, TOUCH_WRITE, &s->timeouts_left, 1, -1);
    else
        p->choices[WAKE_OTHER].closed = true;
    threads_offer_cancel(p, o->address, t->wait_token);
}

/* Who is woken by anything but a signal leaves the queue first, and wants the
 * mutex then: a signal in between is for others. */
static int wake_then_lock(struct object *o, struct object *mutex,
                          const struct patience *w, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_WAKE, o->address, pc);
    int error = 0;
    p->aid = mutex->address;
    offer_wakes(p, o, w);
    unsigned choice = point(p);
    if (choice == WAKE_TIMEOUT || choice == WAKE_LAST)
        error = timing_out(p, w->id, w->deadline);
    if (choice == WAKE_OTHER)
        state()->timeouts_left--;
    end_wait(o, choice == WAKE_SIGNAL);
    p = point_begin(EVENT_LOCK, mutex->address, pc);
    mutex_touch_lock(p, mutex);
    point(p);
    mutex_take(mutex, pc);
    if (choice > WAKE_OTHER)
        threads_cancel_now(pc);
    return error;
}

int cond_wait(const void *c, pthread_mutex_t *m, clockid_t id,
              const struct timespec *deadline, uint64_t pc)
{
    struct object *o = cond_at(c, pc);
    struct object *mutex = held_mutex(o, m, pc);
    threads_test_cancel(pc);
    begin_wait(o, mutex, pc);
    if (deadline || state()->shared->config.spurious ||
        point_learned(LEARNED_CANCEL))
        return wake_then_lock(o, mutex, &(struct patience){id, deadline}, pc);
    wake_and_lock(o, mutex, pc);
    return 0;
}

int __wrap_pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m);
int __wrap_pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m)
{
    return active() ? cond_wait(c, m, 0, NULL, PC) : 0;
}

int __wrap_pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
                                  const struct timespec *deadline);
int __wrap_pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
                                  const struct timespec *deadline)
{
    if (!active())
        return 0;
    return cond_wait(c, m, cond_at(c, PC)->type, deadline, PC);
}

int __wrap_pthread_cond_clockwait(pthread_cond_t *c, pthread_mutex_t *m,
                                  clockid_t id,
                                  const struct timespec *deadline);
int __wrap_pthread_cond_clockwait(pthread_cond_t *c, pthread_mutex_t *m,
                                  clockid_t id, const struct timespec *deadline)
{
    return active() ? cond_wait(c, m, id, deadline, PC) : 0;
}

/* The next thread after `from` that waits and was not signalled; NULL: none. */
static struct thread *waiter(const struct object *o, uint32_t from)
{
    struct state *s = state();
    for (uint32_t i = from; i < s->threads_used; i++) {
        struct thread *t = &s->threads[i];
        if (t->waits_for == o && t->wait_gate == 0)
            return t;
    }
    return NULL;
}

static void touch_waiter(struct pending *p, struct thread *t)
{
    point_gate(p, t->wait_token, TOUCH_WRITE, &t->wait_gate, 0, 1);
}

static void refresh_signal(struct pending *p)
{
    const struct object *o = p->other;
    struct thread *t = waiter(o, 0);
    point_again(p);
    if (!t)
        point_touch(p, o->address, 1, TOUCH_READ);
    for (bool first = true; t; t = waiter(o, t->id + 1), first = false) {
        if (!first)
            point_choice(p);
        point_touch(p, o->address, 1, TOUCH_WRITE);
        touch_waiter(p, t);
    }
}

static void refresh_broadcast(struct pending *p)
{
    const struct object *o = p->other;
    struct thread *t = waiter(o, 0);
    point_again(p);
    point_touch(p, o->address, 1, t ? TOUCH_WRITE : TOUCH_READ);
    for (; t; t = waiter(o, t->id + 1))
        touch_waiter(p, t);
}

static void wake(struct object *o, struct thread *t)
{
    t->wait_gate = 1;
    o->waiters--;
}

void cond_signal(const void *c, uint64_t pc)
{
    struct object *o = cond_at(c, pc);
    struct pending *p = point_begin(EVENT_SIGNAL, o->address, pc);
    p->other = o;
    point_fickle(p, refresh_signal);
    unsigned choice = point(p);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    point_release(&o->clock);
    struct thread *t = waiter(o, 0);
    for (; t && choice > 0; choice--)
        t = waiter(o, t->id + 1);
    if (t)
        wake(o, t);
}

void cond_broadcast(const void *c, uint64_t pc)
{
    struct object *o = cond_at(c, pc);
    struct pending *p = point_begin(EVENT_BROADCAST, o->address, pc);
    p->other = o;
    point_fickle(p, refresh_broadcast);
    point(p);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    point_release(&o->clock);
    for (struct thread *t = waiter(o, 0); t; t = waiter(o, t->id + 1))
        wake(o, t);
}

int __wrap_pthread_cond_signal(pthread_cond_t *c);
int __wrap_pthread_cond_signal(pthread_cond_t *c)
{
    if (active())
        cond_signal(c, PC);
    return 0;
}

int __wrap_pthread_cond_broadcast(pthread_cond_t *c);
int __wrap_pthread_cond_broadcast(pthread_cond_t *c)
{
    if (active())
        cond_broadcast(c, PC);
    return 0;
}

void cond_init(const void *c, clockid_t id, size_t n, uint64_t pc)
{
    bool fresh;
    struct object *o = object_get((uint64_t)c, OBJECT_COND, &fresh);
    if (o->waiters > 0)
        bug_misuse("initialisation of a condition that is waited for",
                   o->address, pc);
    access_plain(o->address, n, EVENT_WRITE, pc);
    o->type = id;
    o->pc = pc;
    o->destroyed = false;
}

void cond_destroy(const void *c, size_t n, uint64_t pc)
{
    struct object *o = cond_at(c, pc);
    struct pending *p = point_begin(EVENT_COND_DESTROY, o->address, pc);
    point_touch(p, o->address, 1, TOUCH_WRITE);
    point(p);
    if (o->waiters > 0)
        bug_misuse("destruction of a condition that is waited for", o->address,
                   pc);
    race_access(o->address, n, EVENT_WRITE, pc);
    o->destroyed = true;
    *marker(c) = OBJECT_GONE;
}

int __wrap_pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *a);
int __wrap_pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *a)
{
    clockid_t id = CLOCK_REALTIME;
    int error = pthread_cond_init(c, a);
    if (error || !active())
        return error;
    if (a)
        pthread_condattr_getclock(a, &id);
    cond_init(c, id, sizeof *c, PC);
    return 0;
}

int __wrap_pthread_cond_destroy(pthread_cond_t *c);
int __wrap_pthread_cond_destroy(pthread_cond_t *c)
{
    if (active())
        cond_destroy(c, sizeof *c, PC);
    return 0;
}
