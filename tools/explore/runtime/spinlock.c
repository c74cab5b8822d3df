/* Spin locks of POSIX: mutexes without an owner that anyone checks.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/early.h"
#include "explore/runtime/object.h"
#include "explore/runtime/point.h"
#include "explore/runtime/race.h"

#include <errno.h>
#include <pthread.h>

#define PC ((uint64_t)__builtin_return_address(0))

static struct object *spin_at(pthread_spinlock_t *l, uint64_t pc)
{
    struct object *o = object_find((uint64_t)l, OBJECT_SPIN);
    if (!o)
        bug_misuse("a spin lock that was never initialised", (uint64_t)l, pc);
    return o;
}

/* Asked when its turn has come: whether another destroys it before is for the
 * schedule to say. */
static void alive(const struct object *o, uint64_t pc)
{
    if (o->destroyed)
        bug_misuse("a spin lock that was destroyed", o->address, pc);
}

static void take(struct object *o, uint64_t pc)
{
    alive(o, pc);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    state()->current->held++;
    o->gate--;
    o->owner = (int32_t)state()->current->id;
    o->owner_pc = pc;
    point_acquire(&o->clock);
}

int __wrap_pthread_spin_lock(pthread_spinlock_t *l);
int __wrap_pthread_spin_lock(pthread_spinlock_t *l)
{
    if (!active())
        return early_lock(1);
    struct object *o = spin_at(l, PC);
    struct pending *p = point_begin(EVENT_SPIN_LOCK, o->address, PC);
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 1, -1);
    point(p);
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

int __wrap_pthread_spin_trylock(pthread_spinlock_t *l);
int __wrap_pthread_spin_trylock(pthread_spinlock_t *l)
{
    if (!active())
        return early_lock(1);
    struct object *o = spin_at(l, PC);
    struct pending *p = point_begin(EVENT_SPIN_TRYLOCK, o->address, PC);
    p->other = o;
    point_fickle(p, refresh_try);
    point(p);
    if (o->gate < 1)
        return EBUSY;
    take(o, PC);
    return 0;
}

int __wrap_pthread_spin_unlock(pthread_spinlock_t *l);
int __wrap_pthread_spin_unlock(pthread_spinlock_t *l)
{
    if (!active())
        return early_lock(-1);
    struct object *o = spin_at(l, PC);
    struct pending *p = point_begin(EVENT_SPIN_UNLOCK, o->address, PC);
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, 1);
    point(p);
    alive(o, PC);
    if (o->owner != (int32_t)state()->current->id)
        bug_misuse("unlock of a spin lock that the thread does not hold",
                   o->address, PC);
    race_access(o->address, 1, EVENT_ATOMIC_READ, PC);
    point_release(&o->clock);
    o->gate++;
    o->owner = -1;
    return 0;
}

int __wrap_pthread_spin_init(pthread_spinlock_t *l, int shared);
int __wrap_pthread_spin_init(pthread_spinlock_t *l, int shared)
{
    int error = pthread_spin_init(l, shared);
    if (!error && !active())
        early_made((uint64_t)l, OBJECT_SPIN, 1, 0);
    if (error || !active())
        return error;
    bool fresh;
    struct object *o = object_get((uint64_t)l, OBJECT_SPIN, &fresh);
    if (!fresh && !o->destroyed && o->owner >= 0)
        bug_misuse("initialisation of a spin lock that is held", o->address,
                   PC);
    access_plain(o->address, sizeof *l, EVENT_WRITE, PC);
    o->gate = 1;
    o->owner = -1;
    o->pc = PC;
    o->destroyed = false;
    return 0;
}

int __wrap_pthread_spin_destroy(pthread_spinlock_t *l);
int __wrap_pthread_spin_destroy(pthread_spinlock_t *l)
{
    if (!active())
        return 0;
    struct object *o = spin_at(l, PC);
    struct pending *p = point_begin(EVENT_SPIN_DESTROY, o->address, PC);
    point_touch(p, o->address, 1, TOUCH_WRITE);
    point(p);
    alive(o, PC);
    if (o->owner >= 0)
        bug_misuse("destruction of a spin lock that is held", o->address, PC);
    race_access(o->address, sizeof *l, EVENT_WRITE, PC);
    o->destroyed = true;
    return 0;
}
