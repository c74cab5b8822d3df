/* Semaphores. SEM_FAILED and named ones are not modelled.
 * Source of the rules: POSIX.1-2017, sem_wait and its neighbours.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/early.h"
#include "explore/runtime/object.h"
#include "explore/runtime/race.h"
#include "explore/runtime/threads.h"
#include "explore/runtime/timing.h"

#include <errno.h>
#include <limits.h>
#include <semaphore.h>

#define PC ((uint64_t)__builtin_return_address(0))

/* A semaphore is always made by sem_init; one that was not is zero or rubbish,
 * and glibc would take its first word for the value. */
static struct object *sem_at(sem_t *m, uint64_t pc)
{
    struct object *o = object_find((uint64_t)m, OBJECT_SEM);
    if (!o)
        bug_misuse("a semaphore that was never initialised", (uint64_t)m, pc);
    return o;
}

/* Asked when its turn has come: whether another destroys it before is for the
 * schedule to say. */
static void alive(const struct object *o, uint64_t pc)
{
    if (o->destroyed)
        bug_misuse("a semaphore that was destroyed", o->address, pc);
}

static int failed(int error)
{
    errno = error;
    return -1;
}

static void take(struct object *o, uint64_t pc)
{
    alive(o, pc);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    o->gate--;
    point_acquire(&o->clock);
}

int __wrap_sem_wait(sem_t *m);
int __wrap_sem_wait(sem_t *m)
{
    if (!active())
        return early_odd();
    threads_test_cancel(PC);
    struct object *o = sem_at(m, PC);
    struct pending *p = point_begin(EVENT_SEM_WAIT, o->address, PC);
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 1, -1);
    threads_offer_cancel(p);
    if (point(p) == 1)
        threads_cancel_now(PC);
    take(o, PC);
    return 0;
}

static void refresh_try(struct pending *p)
{
    const struct object *o = p->other;
    point_again(p);
    if (o->gate >= 1)
        point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, -1);
    else
        point_touch(p, o->address, 1, TOUCH_READ);
}

int __wrap_sem_trywait(sem_t *m);
int __wrap_sem_trywait(sem_t *m)
{
    if (!active())
        return early_odd();
    struct object *o = sem_at(m, PC);
    struct pending *p = point_begin(EVENT_SEM_TRYWAIT, o->address, PC);
    p->other = o;
    point_fickle(p, refresh_try);
    point(p);
    if (o->gate < 1)
        return failed(EAGAIN);
    take(o, PC);
    return 0;
}

static void touch_empty(struct pending *p)
{
    const struct object *o = object_find(p->object, OBJECT_SEM);
    point_under(p, o->address, TOUCH_READ, &o->gate, 1);
}

static int timed(sem_t *m, clockid_t id, const struct timespec *deadline,
                 uint64_t pc)
{
    if (!timing_valid(deadline))
        return failed(EINVAL);
    threads_test_cancel(pc);
    struct object *o = sem_at(m, pc);
    struct pending *p = point_begin(EVENT_SEM_WAIT, o->address, pc);
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 1, -1);
    timing_choices(p, id, deadline, touch_empty);
    threads_offer_cancel(p);
    unsigned choice = point(p);
    if (choice > 2)
        threads_cancel_now(pc);
    if (choice > 0)
        return failed(timing_out(choice == 1, id, deadline));
    take(o, pc);
    return 0;
}

int __wrap_sem_timedwait(sem_t *m, const struct timespec *deadline);
int __wrap_sem_timedwait(sem_t *m, const struct timespec *deadline)
{
    return active() ? timed(m, CLOCK_REALTIME, deadline, PC) : early_odd();
}

int __wrap_sem_clockwait(sem_t *m, clockid_t id,
                         const struct timespec *deadline);
int __wrap_sem_clockwait(sem_t *m, clockid_t id,
                         const struct timespec *deadline)
{
    return active() ? timed(m, id, deadline, PC) : early_odd();
}

int __wrap_sem_post(sem_t *m);
int __wrap_sem_post(sem_t *m)
{
    if (!active())
        return early_odd();
    struct object *o = sem_at(m, PC);
    struct pending *p = point_begin(EVENT_SEM_POST, o->address, PC);
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, 1);
    point(p);
    alive(o, PC);
    race_access(o->address, 1, EVENT_ATOMIC_READ, PC);
    if (o->gate == INT_MAX)
        return failed(EOVERFLOW);
    o->gate++;
    point_release(&o->clock);
    return 0;
}

int __wrap_sem_getvalue(sem_t *m, int *value);
int __wrap_sem_getvalue(sem_t *m, int *value)
{
    if (!active())
        return sem_getvalue(m, value);
    struct object *o = sem_at(m, PC);
    struct pending *p = point_begin(EVENT_SEM_VALUE, o->address, PC);
    point_touch(p, o->address, 1, TOUCH_READ);
    point(p);
    alive(o, PC);
    race_access(o->address, 1, EVENT_ATOMIC_READ, PC);
    access_plain((uint64_t)value, sizeof *value, EVENT_WRITE, PC);
    *value = o->gate;
    return 0;
}

/* Initialising one that others use is a race with them: the memory is written
 * by sem_init and used by the others as atomics are. */
int __wrap_sem_init(sem_t *m, int shared, unsigned value);
int __wrap_sem_init(sem_t *m, int shared, unsigned value)
{
    if (value > (unsigned)INT_MAX)
        return failed(EINVAL);
    runtime_map();
    int error = sem_init(m, shared, value);
    if (!error && !active())
        early_made((uint64_t)m, OBJECT_SEM, (int32_t)value, 0);
    if (!active() || error)
        return error;
    bool fresh;
    struct object *o = object_get((uint64_t)m, OBJECT_SEM, &fresh);
    access_plain(o->address, sizeof *m, EVENT_WRITE, PC);
    o->gate = (int32_t)value;
    o->pc = PC;
    o->destroyed = false;
    return 0;
}

static bool waited_for(const struct object *o)
{
    const struct state *s = state();
    for (uint32_t i = 0; i < s->threads_used; i++) {
        const struct thread *t = &s->threads[i];
        if (t->used && !t->ended && t != s->current && o->gate < 1 &&
            t->pending.kind == EVENT_SEM_WAIT &&
            t->pending.object == o->address)
            return true;
    }
    return false;
}

int __wrap_sem_destroy(sem_t *m);
int __wrap_sem_destroy(sem_t *m)
{
    if (!active())
        return early_odd();
    struct object *o = sem_at(m, PC);
    struct pending *p = point_begin(EVENT_SEM_DESTROY, o->address, PC);
    point_touch(p, o->address, 1, TOUCH_WRITE);
    point(p);
    alive(o, PC);
    if (waited_for(o))
        bug_misuse("destruction of a semaphore that is waited for", o->address,
                   PC);
    race_access(o->address, sizeof *m, EVENT_WRITE, PC);
    o->destroyed = true;
    return 0;
}
