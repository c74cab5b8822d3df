/* Barriers: arrivals commute, a round ends when all have come.
 * Source of the rules: POSIX.1-2017, pthread_barrier_wait.
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

static struct object *barrier_at(pthread_barrier_t *b, uint64_t pc)
{
    struct object *o = object_find((uint64_t)b, OBJECT_BARRIER);
    if (!o)
        bug_misuse("a barrier that was never initialised", (uint64_t)b, pc);
    return o;
}

/* Asked when its turn has come: whether another destroys it before is for the
 * schedule to say. */
static void alive(const struct object *o, uint64_t pc)
{
    if (o->destroyed)
        bug_misuse("a barrier that was destroyed", o->address, pc);
}

/* No execution has so many: a barrier is at an address that 8 divides, and a
 * round takes two steps at least. */
enum { ROUND_BITS = 13, ROUNDS = 8 << ROUND_BITS };
_Static_assert(2 * ROUNDS > SHARED_STEPS, "rounds would be taken for others");

/* The rounds of a barrier are objects of their own, at addresses that follow
 * from the barrier's and the number of the round, whoever comes first. */
static struct object *round_of(struct object *o)
{
    bool fresh;
    uint64_t address = LAYOUT_ROUNDS + (o->address << ROUND_BITS) + o->round;
    if (o->round_object)
        return o->round_object;
    o->round_object = object_get(address, OBJECT_ROUND, &fresh);
    return o->round_object;
}

/* Arrivals in one round commute, as long as no more threads come than the
 * barrier is for; else it matters who shares a round with whom. */
static void refresh_arrive(struct pending *p)
{
    struct object *o = object_find(p->object, OBJECT_BARRIER);
    struct object *round = round_of(o);
    point_again(p);
    enum touch_mode mode =
        point_learned(LEARNED_CROWD) ? TOUCH_WRITE : TOUCH_COMMUTE;
    point_gate(p, round->address, mode, &round->gate, 0, 1);
    point_touch(p, o->address, 1, mode)->class = (uint8_t)o->round;
}

/* Which thread of a round is told to be the serial one is not laid down. It is
 * the one with the lowest number, so that arrivals commute; the verdict says
 * so. */
static void note_serial(struct object *round)
{
    int32_t id = (int32_t)state()->current->id;
    if (round->owner < 0 || round->owner > id)
        round->owner = id;
}

static void note_crowd(struct object *o)
{
    uint32_t id = state()->current->id;
    o->comers[id / 64] |= 1ull << id % 64;
    if (__builtin_popcountll(o->comers[0]) +
            __builtin_popcountll(o->comers[1]) >
        o->count)
        point_learn(LEARNED_CROWD);
}

static struct object *arrive(struct object *o, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_BARRIER_ARRIVE, o->address, pc);
    point_fickle(p, refresh_arrive);
    point(p);
    alive(o, pc);
    struct object *round = round_of(o);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    note_crowd(o);
    point_release(&round->clock);
    note_serial(round);
    round->gate++;
    if (round->gate == o->count) { /* the next to come open another round */
        o->round++;
        o->round_object = NULL;
    }
    return round;
}

int __wrap_pthread_barrier_wait(pthread_barrier_t *b);
int __wrap_pthread_barrier_wait(pthread_barrier_t *b)
{
    if (!active())
        return early_odd();
    struct object *o = barrier_at(b, PC);
    state()->shared->learned |= LEARNED_BARRIER;
    struct object *round = arrive(o, PC);
    int32_t count = o->count;
    struct pending *p = point_begin(EVENT_BARRIER_LEAVE, o->address, PC);
    point_gate(p, round->address, TOUCH_READ, &round->gate, count, 0);
    point(p);
    point_acquire(&round->clock);
    return round->owner == (int32_t)state()->current->id
               ? PTHREAD_BARRIER_SERIAL_THREAD
               : 0;
}

int __wrap_pthread_barrier_init(pthread_barrier_t *b,
                                const pthread_barrierattr_t *a, unsigned n);
int __wrap_pthread_barrier_init(pthread_barrier_t *b,
                                const pthread_barrierattr_t *a, unsigned n)
{
    int error = pthread_barrier_init(b, a, n);
    if (!error && !active())
        early_made((uint64_t)b, OBJECT_BARRIER, 0, (int32_t)n);
    if (error || !active())
        return error;
    bool fresh;
    struct object *o = object_get((uint64_t)b, OBJECT_BARRIER, &fresh);
    if (!fresh && !o->destroyed && o->round_object && o->round_object->gate)
        bug_misuse("initialisation of a barrier that is waited at", o->address,
                   PC);
    access_plain(o->address, sizeof *b, EVENT_WRITE, PC);
    o->count = (int32_t)n;
    o->round++;
    o->round_object = NULL;
    o->comers[0] = o->comers[1] = 0;
    o->pc = PC;
    o->destroyed = false;
    return 0;
}

int __wrap_pthread_barrier_destroy(pthread_barrier_t *b);
int __wrap_pthread_barrier_destroy(pthread_barrier_t *b)
{
    if (!active())
        return 0;
    struct object *o = barrier_at(b, PC);
    struct pending *p = point_begin(EVENT_BARRIER_DESTROY, o->address, PC);
    point_touch(p, o->address, 1, TOUCH_WRITE);
    point(p);
    alive(o, PC);
    if (o->round_object && o->round_object->gate > 0)
        bug_misuse("destruction of a barrier that is waited at", o->address,
                   PC);
    race_access(o->address, sizeof *b, EVENT_WRITE, PC);
    o->destroyed = true;
    return 0;
}
