/* Read-write locks. A writer waits for all readers; whether a reader waits for
 * waiting writers is as the kind says (glibc's default: it does not).
 * Source of the rules: POSIX.1-2017; pthread_rwlockattr_setkind_np(3).
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/early.h"
#include "explore/runtime/object.h"
#include "explore/runtime/race.h"
#include "explore/runtime/timing.h"

#include <errno.h>
#include <pthread.h>

#define PC ((uint64_t)__builtin_return_address(0))

/* The gate of a free lock: more than there can be readers. */
enum { FREE = 1 << 20 };

/* How many times a thread has it for reading. */
static int32_t *reads(struct object *o, uint32_t thread)
{
    return &o->places[thread];
}

static void adopt(struct object *o, const pthread_rwlock_t *l, uint64_t pc)
{
    if (l->__data.__shared == (int)OBJECT_GONE)
        bug_misuse("a rwlock that was destroyed", o->address, pc);
    if (l->__data.__readers || l->__data.__writers ||
        l->__data.__flags > PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP)
        bug_misuse("a rwlock that was never initialised", o->address, pc);
    o->gate = FREE;
    o->queue = 1;
    o->pc = pc;
    o->destroyed = false;
    o->type = (int)l->__data.__flags;
}

static struct object *rw_at(pthread_rwlock_t *l, uint64_t pc)
{
    bool fresh;
    struct object *o = object_get((uint64_t)l, OBJECT_RWLOCK, &fresh);
    if (fresh)
        adopt(o, l, pc);
    return o;
}

/* Asked when its turn has come. One made anew by its static initialiser
 * lives. */
static void alive(struct object *o, uint64_t pc)
{
    if (o->destroyed)
        adopt(o, (const pthread_rwlock_t *)o->address, pc);
}

static bool prefers_writers(const struct object *o)
{
    return o->type == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP;
}

static void touch_read(struct pending *p, const struct object *o)
{
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 1, -1);
    if (prefers_writers(o))
        point_gate(p, o->address + 8, TOUCH_READ, &o->queue, 1, 0);
}

static void take_read(struct object *o, uint64_t pc)
{
    struct thread *t = state()->current;
    alive(o, pc);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    o->gate--;
    ++*reads(o, t->id);
    o->owner_pc = pc;
    point_acquire(&o->clock);
}

static void take_write(struct object *o, uint64_t pc)
{
    struct thread *t = state()->current;
    alive(o, pc);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    o->gate -= FREE;
    o->owner = (int32_t)t->id;
    o->owner_pc = pc;
    t->held++;
    point_acquire(&o->clock);
    point_acquire(&o->read_clock);
}

static bool writer(const struct object *o)
{
    return o->owner == (int32_t)state()->current->id;
}

int __wrap_pthread_rwlock_rdlock(pthread_rwlock_t *l);
int __wrap_pthread_rwlock_rdlock(pthread_rwlock_t *l)
{
    if (!active())
        return early_lock(1);
    struct object *o = rw_at(l, PC);
    if (writer(o))
        return EDEADLK; /* as glibc says */
    struct pending *p = point_begin(EVENT_RDLOCK, o->address, PC);
    touch_read(p, o);
    point(p);
    take_read(o, PC);
    return 0;
}

/* One that prefers writers lets no reader in once a writer has come. */
static void announce(struct object *o, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_WRLOCK, o->address, pc);
    point_gate(p, o->address + 8, TOUCH_WRITE, &o->queue, 0, -1);
    point(p);
    o->queue--;
}

static void touch_write(struct pending *p, const struct object *o)
{
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, FREE, -FREE);
    if (prefers_writers(o))
        point_gate(p, o->address + 8, TOUCH_WRITE, &o->queue, 0, 1);
}

int __wrap_pthread_rwlock_wrlock(pthread_rwlock_t *l);
int __wrap_pthread_rwlock_wrlock(pthread_rwlock_t *l)
{
    if (!active())
        return early_lock(1);
    struct object *o = rw_at(l, PC);
    if (writer(o))
        return EDEADLK;
    if (prefers_writers(o))
        announce(o, PC);
    struct pending *p = point_begin(EVENT_WRLOCK, o->address, PC);
    touch_write(p, o);
    point(p);
    if (prefers_writers(o))
        o->queue++;
    take_write(o, PC);
    return 0;
}

static void refresh_try(struct pending *p)
{
    const struct object *o = p->other;
    int32_t need = p->kind == EVENT_TRYRDLOCK ? 1 : FREE;
    point_again(p);
    if (o->gate >= need)
        point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, -need);
    else
        point_touch(p, o->address, 1, TOUCH_READ);
}

int __wrap_pthread_rwlock_tryrdlock(pthread_rwlock_t *l);
int __wrap_pthread_rwlock_tryrdlock(pthread_rwlock_t *l)
{
    if (!active())
        return early_lock(1);
    struct object *o = rw_at(l, PC);
    if (prefers_writers(o)) /* it fails where a writer waits */
        doubt(DOUBT_UNMODELLED, "pthread_rwlock_tryrdlock of one with a kind");
    struct pending *p = point_begin(EVENT_TRYRDLOCK, o->address, PC);
    p->other = o;
    point_fickle(p, refresh_try);
    point(p);
    if (o->gate < 1)
        return EBUSY;
    take_read(o, PC);
    return 0;
}

int __wrap_pthread_rwlock_trywrlock(pthread_rwlock_t *l);
int __wrap_pthread_rwlock_trywrlock(pthread_rwlock_t *l)
{
    if (!active())
        return early_lock(1);
    struct object *o = rw_at(l, PC);
    struct pending *p = point_begin(EVENT_TRYWRLOCK, o->address, PC);
    p->other = o;
    point_fickle(p, refresh_try);
    point(p);
    if (o->gate < FREE)
        return EBUSY;
    take_write(o, PC);
    return 0;
}

static void touch_held(struct pending *p)
{
    const struct object *o = object_find(p->object, OBJECT_RWLOCK);
    point_under(p, o->address, TOUCH_READ, &o->gate,
                p->kind == EVENT_WRLOCK ? FREE : 1);
}

static int timed(pthread_rwlock_t *l, bool write, clockid_t id,
                 const struct timespec *deadline, uint64_t pc)
{
    struct object *o = rw_at(l, pc);
    if (prefers_writers(o))
        doubt(DOUBT_UNMODELLED, "a timed lock of a rwlock that has a kind");
    if (writer(o))
        return EDEADLK;
    struct pending *p =
        point_begin(write ? EVENT_WRLOCK : EVENT_RDLOCK, o->address, pc);
    if (write)
        touch_write(p, o);
    else
        touch_read(p, o);
    timing_choices(p, id, deadline, touch_held);
    unsigned choice = point(p);
    if (choice != 0)
        return timing_out(choice == 1, id, deadline);
    if (write)
        take_write(o, pc);
    else
        take_read(o, pc);
    return 0;
}

int __wrap_pthread_rwlock_timedrdlock(pthread_rwlock_t *l,
                                      const struct timespec *deadline);
int __wrap_pthread_rwlock_timedrdlock(pthread_rwlock_t *l,
                                      const struct timespec *deadline)
{
    return active() ? timed(l, false, CLOCK_REALTIME, deadline, PC)
                    : early_lock(1);
}

int __wrap_pthread_rwlock_timedwrlock(pthread_rwlock_t *l,
                                      const struct timespec *deadline);
int __wrap_pthread_rwlock_timedwrlock(pthread_rwlock_t *l,
                                      const struct timespec *deadline)
{
    return active() ? timed(l, true, CLOCK_REALTIME, deadline, PC)
                    : early_lock(1);
}

int __wrap_pthread_rwlock_clockrdlock(pthread_rwlock_t *l, clockid_t id,
                                      const struct timespec *deadline);
int __wrap_pthread_rwlock_clockrdlock(pthread_rwlock_t *l, clockid_t id,
                                      const struct timespec *deadline)
{
    return active() ? timed(l, false, id, deadline, PC) : early_lock(1);
}

int __wrap_pthread_rwlock_clockwrlock(pthread_rwlock_t *l, clockid_t id,
                                      const struct timespec *deadline);
int __wrap_pthread_rwlock_clockwrlock(pthread_rwlock_t *l, clockid_t id,
                                      const struct timespec *deadline)
{
    return active() ? timed(l, true, id, deadline, PC) : early_lock(1);
}

static void give_read(struct object *o, uint64_t pc)
{
    struct thread *t = state()->current;
    if (*reads(o, t->id) == 0)
        bug_misuse("unlock of a rwlock that the thread does not hold",
                   o->address, pc);
    point_release(&o->read_clock);
    o->gate++;
    --*reads(o, t->id);
}

int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *l);
int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *l)
{
    if (!active())
        return early_lock(-1);
    struct object *o = rw_at(l, PC);
    bool writes = writer(o);
    struct pending *p = point_begin(EVENT_RWUNLOCK, o->address, PC);
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, writes ? FREE : 1);
    point(p);
    alive(o, PC);
    race_access(o->address, 1, EVENT_ATOMIC_READ, PC);
    if (!writes) {
        give_read(o, PC);
        return 0;
    }
    point_release(&o->clock);
    o->gate += FREE;
    o->owner = -1;
    state()->current->held--;
    return 0;
}

int __wrap_pthread_rwlock_init(pthread_rwlock_t *l,
                               const pthread_rwlockattr_t *a);
int __wrap_pthread_rwlock_init(pthread_rwlock_t *l,
                               const pthread_rwlockattr_t *a)
{
    int error = pthread_rwlock_init(l, a);
    if (error || !active())
        return error;
    bool fresh;
    struct object *o = object_get((uint64_t)l, OBJECT_RWLOCK, &fresh);
    if (!fresh && !o->destroyed && o->gate != FREE)
        bug_misuse("initialisation of a rwlock that is held", o->address, PC);
    access_plain(o->address, sizeof *l, EVENT_WRITE, PC);
    adopt(o, l, PC);
    return 0;
}

int __wrap_pthread_rwlock_destroy(pthread_rwlock_t *l);
int __wrap_pthread_rwlock_destroy(pthread_rwlock_t *l)
{
    if (!active())
        return 0;
    struct object *o = rw_at(l, PC);
    struct pending *p = point_begin(EVENT_RW_DESTROY, o->address, PC);
    point_touch(p, o->address, 1, TOUCH_WRITE);
    point(p);
    alive(o, PC);
    if (o->gate != FREE)
        bug_misuse("destruction of a rwlock that is held", o->address, PC);
    race_access(o->address, sizeof *l, EVENT_WRITE, PC);
    o->destroyed = true;
    l->__data.__shared = (int)OBJECT_GONE;
    return 0;
}
