/* pthread_once and call_once.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/object.h"
#include "explore/runtime/point.h"
#include "explore/runtime/race.h"

#include <pthread.h>
#include <threads.h>

#define PC ((uint64_t)__builtin_return_address(0))

enum { NOT_RUN, RUNNING, DONE };

/* Who comes needs the gate as that of a mutex, and gives it back at once when
 * all is done. (That is only a look then, and two looks could commute; but
 * whether an operation is a look would depend on others that it does not wait
 * for.) */
static void refresh(struct pending *p)
{
    const struct object *o = p->other;
    point_again(p);
    if (o->count == DONE)
        point_gate(p, o->address, TOUCH_WRITE, &o->gate, 1, 0);
    else
        point_gate(p, o->address, TOUCH_WRITE, &o->gate, 1, -1);
}

static void finish(struct object *o, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_ONCE_DONE, o->address, pc);
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, 1);
    point(p);
    o->gate = 1;
    o->count = DONE;
    point_release(&o->clock);
}

static void once(const void *control, void (*run)(void), uint64_t pc)
{
    bool fresh;
    struct object *o = object_get((uint64_t)control, OBJECT_ONCE, &fresh);
    if (fresh)
        o->gate = 1;
    struct pending *p = point_begin(EVENT_ONCE, o->address, pc);
    p->other = o;
    point_fickle(p, refresh);
    point(p);
    race_access(o->address, 1, EVENT_ATOMIC_READ, pc);
    if (o->count == DONE) {
        point_acquire(&o->clock);
        return;
    }
    o->gate = 0;
    o->count = RUNNING;
    run();
    finish(o, pc);
}

int __wrap_pthread_once(pthread_once_t *control, void (*run)(void));
int __wrap_pthread_once(pthread_once_t *control, void (*run)(void))
{
    if (!active())
        return pthread_once(control, run);
    once(control, run, PC);
    return 0;
}

void __wrap_call_once(once_flag *flag, void (*run)(void));
void __wrap_call_once(once_flag *flag, void (*run)(void))
{
    if (!active())
        call_once(flag, run);
    else
        once(flag, run, PC);
}
