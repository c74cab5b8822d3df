/* Mutexes of POSIX, of every kind.
 * Source of the rules: POSIX.1-2017, pthread_mutex_lock and its neighbours.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/mutex.h"

#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/circle.h"
#include "explore/runtime/race.h"
#include "explore/runtime/snapshot.h"
#include "explore/runtime/timing.h"

#include <errno.h>
#include <pthread.h>

/* One that was not initialised by a call is as its static initialiser says:
 * glibc keeps the kind in the fourth word. */
enum { KIND_ROBUST = 16, KIND_KNOWN = 0xf3, KIND_DESTROYED = -1 };

/* Nothing uses the links of the list of a thread's robust mutexes here: they
 * show whether the mutex is where it was made. */
static void sign_it(const struct object *o, pthread_mutex_t *m)
{
    m->__data.__list.__next =
        (struct __pthread_internal_list *)object_sign(o->address);
}

static void adopt(struct object *o, pthread_mutex_t *m, uint64_t pc)
{
    int kind = m->__data.__kind;
    uint64_t sign = (uint64_t)m->__data.__list.__next;
    if (object_signed(sign) && sign != object_sign(o->address))
        bug_misuse("a copy of a mutex", o->address, pc);
    if (kind == KIND_DESTROYED)
        bug_misuse("a mutex that was destroyed", o->address, pc);
    if (m->__data.__lock || m->__data.__owner || kind & ~KIND_KNOWN ||
        (sign && !object_signed(sign)))
        bug_misuse("a mutex that was never initialised", o->address, pc);
    sign_it(o, m);
    o->gate = 1;
    o->pc = pc;
    o->type = kind & 3;
    o->robust = kind & KIND_ROBUST;
    o->destroyed = false;
}

static struct object *mutex_at(pthread_mutex_t *m, uint64_t pc)
{
    bool fresh;
    struct object *o = object_get((uint64_t)m, OBJECT_MUTEX, &fresh);
    if (fresh)
        adopt(o, m, pc);
    return o;
}

/* Asked when its turn has come: whether another destroys it before is for the
 * schedule to say. One made anew by its static initialiser lives. */
static void alive(struct object *o, uint64_t pc)
{
    if (o->destroyed)
        adopt(o, (pthread_mutex_t *)o->address, pc);
}

static bool mine(const struct object *o)
{
    return o->owner == (int32_t)state()->current->id;
}

static bool relockable(const struct object *o)
{
    return o->type == PTHREAD_MUTEX_RECURSIVE ||
           o->type == PTHREAD_MUTEX_ERRORCHECK;
}

void mutex_touch_lock(struct pending *p, struct object *o)
{
    if (!mine(o) || !relockable(o))
        point_gate(p, o->address, TOUCH_WRITE, &o->gate, 1, -1);
}

int mutex_take(struct object *o, uint64_t pc)
{
    struct state *s = state();
    alive(o, pc);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    if (mine(o) && o->type == PTHREAD_MUTEX_ERRORCHECK)
        return EDEADLK;
    o->count++;
    if (mine(o))
        return 0;
    o->gate--;
    o->owner = (int32_t)s->current->id;
    o->owner_pc = pc;
    s->current->held++;
    circle_took(o);
    point_acquire(&o->clock);
    if (o->lost) { /* had, and given back at once */
        mutex_unlock((pthread_mutex_t *)o->address, pc);
        return ENOTRECOVERABLE;
    }
    return o->inconsistent ? EOWNERDEAD : 0;
}

void mutex_give(struct object *o)
{
    struct state *s = state();
    point_release(&o->clock);
    o->gate++;
    o->count = 0;
    o->owner = -1;
    s->current->held--;
    circle_gave(o);
    if (o->inconsistent) /* given back without having been made whole */
        o->lost = true;
}

int mutex_lock(pthread_mutex_t *m, uint64_t pc)
{
    struct object *o = mutex_at(m, pc);
    struct pending *p = point_begin(EVENT_LOCK, o->address, pc);
    mutex_touch_lock(p, o);
    circle_lock(p, o);
    point(p);
    circle_left(state()->current);
    return mutex_take(o, pc);
}

static void refresh_try(struct pending *p)
{
    struct object *o = object_find(p->object, OBJECT_MUTEX);
    point_again(p);
    if (o->gate >= 1)
        point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, -1);
    else
        point_touch(p, o->address, 1, TOUCH_READ);
}

int mutex_trylock(pthread_mutex_t *m, uint64_t pc)
{
    struct object *o = mutex_at(m, pc);
    circle_observed();
    struct pending *p = point_begin(EVENT_TRYLOCK, o->address, pc);
    point_fickle(p, refresh_try);
    point(p);
    if (o->gate < 1 && o->lost) {
        race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
        return ENOTRECOVERABLE;
    }
    if (o->gate < 1 && !(mine(o) && o->type == PTHREAD_MUTEX_RECURSIVE)) {
        race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
        return EBUSY;
    }
    return mutex_take(o, pc);
}

/* Who times out finds it held. */
static void touch_held(struct pending *p)
{
    const struct object *o = object_find(p->object, OBJECT_MUTEX);
    point_under(p, o->address, TOUCH_READ, &o->gate, 1);
}

int mutex_timedlock(pthread_mutex_t *m, clockid_t id,
                    const struct timespec *deadline, uint64_t pc)
{
    struct object *o = mutex_at(m, pc);
    circle_observed();
    struct pending *p = point_begin(EVENT_TIMEDLOCK, o->address, pc);
    mutex_touch_lock(p, o);
    timing_choices(p, id, deadline, touch_held);
    unsigned choice = point(p);
    if (choice == 0)
        return mutex_take(o, pc);
    return timing_out(choice == 1, id, deadline);
}

/* May the current thread unlock it? 0, or what the call returns. */
static int owned(struct object *o, uint64_t pc)
{
    if (mine(o))
        return 0;
    if (o->type == PTHREAD_MUTEX_NORMAL && !o->robust)
        bug_misuse(o->owner < 0 ? "unlock of a mutex that nobody holds"
                                : "unlock of a mutex that another holds",
                   o->address, pc);
    return EPERM;
}

int mutex_unlock(pthread_mutex_t *m, uint64_t pc)
{
    struct object *o = mutex_at(m, pc);
    struct pending *p = point_begin(EVENT_UNLOCK, o->address, pc);
    if (mine(o) && o->count == 1)
        point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, 1);
    else if (!mine(o))
        point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, 0);
    point(p);
    alive(o, pc);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    int error = owned(o, pc);
    if (error || --o->count > 0)
        return error;
    mutex_give(o);
    return 0;
}

void mutex_init(pthread_mutex_t *m, int type, bool robust, uint64_t pc)
{
    bool fresh;
    struct object *o = object_get((uint64_t)m, OBJECT_MUTEX, &fresh);
    state()->current->pending.kind = EVENT_MUTEX_INIT; /* what a bug says */
    if (!fresh && !o->destroyed && o->owner >= 0)
        bug_misuse("initialisation of a mutex that is held", o->address, pc);
    if (!fresh && !o->destroyed && !o->initialised && snapshot_has(o->address))
        bug_misuse("initialisation of a mutex that was in use", o->address, pc);
    access_plain(o->address, sizeof *m, EVENT_WRITE, pc);
    o->gate = 1;
    o->pc = pc;
    o->type = type;
    o->robust = robust;
    o->destroyed = false;
    o->initialised = true;
    o->inconsistent = o->lost = false;
    sign_it(o, m);
}

int mutex_destroy(pthread_mutex_t *m, uint64_t pc)
{
    struct object *o = mutex_at(m, pc);
    struct pending *p = point_begin(EVENT_MUTEX_DESTROY, o->address, pc);
    point_touch(p, o->address, 1, TOUCH_WRITE);
    point(p);
    alive(o, pc);
    if (o->owner >= 0)
        bug_misuse("destruction of a mutex that is held", o->address, pc);
    race_access(o->address, sizeof *m, EVENT_WRITE, pc);
    o->destroyed = true;
    return pthread_mutex_destroy(m);
}

int mutex_consistent(pthread_mutex_t *m, uint64_t pc)
{
    struct object *o = mutex_at(m, pc);
    if (!o->robust || !o->inconsistent || !mine(o))
        return EINVAL;
    o->inconsistent = false;
    return 0;
}

/* Robust ones tell the next owner; of others a thread that ends as their owner
 * leaves nothing but a lock that nobody can take any more. */
void mutex_owner_ended(uint32_t thread)
{
    for (struct object *o = object_next(NULL); o; o = object_next(o)) {
        if (o->kind != OBJECT_MUTEX || o->owner != (int32_t)thread ||
            !o->robust || o->destroyed)
            continue;
        o->inconsistent = false; /* who dies of it has not given it back */
        mutex_give(o);
        o->inconsistent = true;
    }
}
