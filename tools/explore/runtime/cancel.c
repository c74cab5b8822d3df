/* Cancellation, and the clean-up handlers that it and pthread_exit run.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/threads.h"

#include "explore/runtime/bug.h"

#include <errno.h>
#include <setjmp.h>

#define PC ((uint64_t)__builtin_return_address(0))

void __wrap_pthread_exit(void *result) __attribute__((noreturn));

/* The clean-up handlers of pthread_cleanup_push: in C the macro keeps a jump
 * buffer for each, and each goes on to the next by __pthread_unwind_next. */
static _Noreturn void unwind(void)
{
    struct thread *t = state()->current;
    __pthread_unwind_buf_t *b = t->cleanup;
    if (!b)
        threads_end(t->result);
    t->cleanup = b->__pad[0];
    /* The buffer starts as a jmp_buf does, and is shorter: without signals. */
    struct __jmp_buf_tag *jump = (void *)b->__cancel_jmp_buf;
    __asm__("" : "+r"(jump));
    longjmp(jump, 1);
}

void __wrap_pthread_exit(void *result)
{
    struct thread *t = state()->current;
    t->exiting = true;
    t->result = result;
    unwind();
}

void __wrap___pthread_register_cancel(__pthread_unwind_buf_t *b);
void __wrap___pthread_register_cancel(__pthread_unwind_buf_t *b)
{
    struct thread *t = state()->current;
    b->__pad[0] = t->cleanup;
    t->cleanup = b;
}

void __wrap___pthread_unregister_cancel(__pthread_unwind_buf_t *b);
void __wrap___pthread_unregister_cancel(__pthread_unwind_buf_t *b)
{
    state()->current->cleanup = b->__pad[0];
}

void __wrap___pthread_unwind_next(__pthread_unwind_buf_t *b)
    __attribute__((noreturn));
void __wrap___pthread_unwind_next(__pthread_unwind_buf_t *b)
{
    (void)b;
    unwind();
}

/* Cancellation: a flag that the target sees at its cancellation points. */
static uint64_t flag_of(const struct thread *t)
{
    return threads_end_object(t) + 8;
}

int __wrap_pthread_cancel(pthread_t id);
int __wrap_pthread_cancel(pthread_t id)
{
    if (!active())
        return ESRCH;
    point_learn(LEARNED_CANCEL);
    struct thread *t = threads_by_id(id);
    if (!t || t->joined)
        bug_misuse("cancellation of what is no thread any more", id, PC);
    struct pending *p = point_begin(EVENT_CANCEL, t->id, PC);
    point_gate(p, flag_of(t), TOUCH_WRITE, &t->cancel_gate, 0, 1);
    if (t->detached)
        point_touch(p, threads_end_object(t), 1, TOUCH_READ);
    point(p);
    if (t->joined || (t->detached && t->ended))
        bug_misuse("cancellation of what is no thread any more", id, PC);
    if (point_learned(LEARNED_ASYNC))
        doubt(DOUBT_UNMODELLED, "asynchronous cancellation");
    t->cancel_gate++;
    return 0;
}

_Noreturn void threads_cancel_now(uint64_t pc)
{
    (void)pc;
    __wrap_pthread_exit(PTHREAD_CANCELED);
}

void threads_test_cancel(uint64_t pc)
{
    struct thread *t = state()->current;
    if (!point_learned(LEARNED_CANCEL) || t->cancel_disabled || t->exiting)
        return;
    struct pending *p = point_begin(EVENT_YIELD, 0, pc);
    point_gate(p, flag_of(t), TOUCH_READ, &t->cancel_gate, 0, 0);
    point(p);
    if (t->cancel_gate)
        threads_cancel_now(pc);
}

bool threads_offer_cancel(struct pending *p)
{
    const struct thread *t = pending_thread(p);
    if (!point_learned(LEARNED_CANCEL) || t->cancel_disabled || t->exiting)
        return false;
    point_choice(p);
    point_gate(p, flag_of(t), TOUCH_READ, &t->cancel_gate, 1, 0);
    return true;
}

void __wrap_pthread_testcancel(void);
void __wrap_pthread_testcancel(void)
{
    if (active())
        threads_test_cancel(PC);
}

int __wrap_pthread_setcancelstate(int now, int *before);
int __wrap_pthread_setcancelstate(int now, int *before)
{
    if (!active())
        return 0;
    struct thread *t = state()->current;
    if (before)
        *before =
            t->cancel_disabled ? PTHREAD_CANCEL_DISABLE : PTHREAD_CANCEL_ENABLE;
    t->cancel_disabled = now == PTHREAD_CANCEL_DISABLE;
    return 0;
}

int __wrap_pthread_setcanceltype(int now, int *before);
int __wrap_pthread_setcanceltype(int now, int *before)
{
    if (!active())
        return 0;
    struct thread *t = state()->current;
    if (before)
        *before = t->cancel_async ? PTHREAD_CANCEL_ASYNCHRONOUS
                                  : PTHREAD_CANCEL_DEFERRED;
    t->cancel_async = now == PTHREAD_CANCEL_ASYNCHRONOUS;
    if (t->cancel_async)
        state()->shared->learned |= LEARNED_ASYNC;
    if (t->cancel_async && point_learned(LEARNED_CANCEL))
        doubt(DOUBT_UNMODELLED, "asynchronous cancellation");
    return 0;
}
