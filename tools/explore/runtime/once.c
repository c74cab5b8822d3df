/* pthread_once and call_once.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/object.h"
#include "explore/runtime/point.h"
#include "explore/runtime/race.h"

#include <pthread.h>
#include <setjmp.h>
#include <threads.h>

#define PC ((uint64_t)__builtin_return_address(0))

enum { NOT_RUN, RUNNING, DONE };

void __wrap___pthread_register_cancel(__pthread_unwind_buf_t *b);
void __wrap___pthread_unregister_cancel(__pthread_unwind_buf_t *b);
void __wrap___pthread_unwind_next(__pthread_unwind_buf_t *b)
    __attribute__((noreturn));

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

static void finish(struct object *o, int how, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_ONCE_DONE, o->address, pc);
    point_gate(p, o->address, TOUCH_WRITE, &o->gate, 0, 1);
    point(p);
    o->gate = 1;
    o->count = how;
    point_release(&o->clock);
}

/* The thread ends in the midst of it, as it was cancelled or by pthread_exit:
 * then it is as if it had never begun. */
static void run_or_undo(struct object *o, void (*run)(void), uint64_t pc)
{
    __pthread_unwind_buf_t b;
    if (__sigsetjmp_cancel(b.__cancel_jmp_buf, 0)) {
        finish(o, NOT_RUN, pc);
        __wrap___pthread_unwind_next(&b);
    }
    __wrap___pthread_register_cancel(&b);
    run();
    __wrap___pthread_unregister_cancel(&b);
    finish(o, DONE, pc);
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
    run_or_undo(o, run, pc);
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
