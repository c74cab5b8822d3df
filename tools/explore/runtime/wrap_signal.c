/* The functions that send a signal, and those that say what one does.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/sigmask.h"
#include "explore/runtime/signals.h"
#include "explore/runtime/threads.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define PC ((uint64_t)__builtin_return_address(0))

int __wrap_raise(int number);
int __wrap_raise(int number)
{
    if (!active())
        return raise(number);
    if (!signals_valid(number)) {
        errno = EINVAL;
        return -1;
    }
    signals_send_point(state()->current, number, PC);
    signals_send_to(state()->current, number, PC);
    return 0;
}

int __wrap_pthread_kill(pthread_t id, int number);
int __wrap_pthread_kill(pthread_t id, int number)
{
    if (!active())
        return pthread_kill(id, number);
    if (number != 0 && !signals_valid(number))
        return EINVAL;
    struct thread *t = threads_by_id(id);
    signals_send_point(t, number, PC);
    if (!t || t->joined || (t->detached && t->ended))
        bug_misuse("a signal to what is no thread any more", id, PC);
    if (t->ended)
        return 0;
    if (number)
        signals_send_to(t, number, PC);
    return 0;
}

int __wrap_kill(pid_t pid, int number);
int __wrap_kill(pid_t pid, int number)
{
    if (!active())
        return kill(pid, number);
    if (pid != getpid()) {
        doubt(DOUBT_UNMODELLED, "kill of another process");
        state()->stop = true;
        point_end(SEARCH_ENDED_CAP);
    }
    if (number != 0 && !signals_valid(number)) {
        errno = EINVAL;
        return -1;
    }
    signals_send_point(NULL, number, PC);
    if (number)
        signals_send_to_all(number, PC);
    return 0;
}

static void action_point(uint64_t pc)
{
    struct pending *p = point_begin(EVENT_LIBRARY, LAYOUT_SIGNALS, pc);
    point_touch(p, LAYOUT_SIGNALS, 1, TOUCH_WRITE);
    point(p);
    state()->shared->learned |= LEARNED_SIGNALS;
    state()->has_signals = true;
}

/* A handler of a fault could mend it, and go on. */
static bool can_handle(int number)
{
    return number != SIGSEGV && number != SIGBUS && number != SIGFPE &&
           number != SIGILL && number != SIGTRAP;
}

/* Where a handler is left by a jump, and where that brings back a mask, the
 * explorer does not follow. */
#define JUMP(call)                                                             \
    void __wrap_##call(jmp_buf where, int value) __attribute__((noreturn));    \
    void __wrap_##call(jmp_buf where, int value)                               \
    {                                                                          \
        struct state *s = state();                                             \
        if (active() && (s->current->handling ||                               \
                         (s->has_signals && where->__mask_was_saved)))         \
            signals_refuse(#call);                                             \
        call(where, value);                                                    \
    }
JUMP(longjmp)
JUMP(_longjmp)
JUMP(siglongjmp)

__sighandler_t __wrap_signal(int number, __sighandler_t handler);
__sighandler_t __wrap_signal(int number, __sighandler_t handler)
{
    if (!active())
        return signal(number, handler);
    if (!signals_valid(number) || number == SIGKILL || number == SIGSTOP) {
        errno = EINVAL;
        return SIG_ERR;
    }
    if (!can_handle(number) && handler != SIG_DFL)
        signals_refuse("a handler of a fault");
    action_point(PC);
    struct signal_action *a = &state()->actions[number];
    __sighandler_t before = a->run;
    *a = (struct signal_action){.run = handler};
    signals_check_dropped(number);
    return before;
}

int __wrap_sigaction(int number, const struct sigaction *new,
                     struct sigaction *old);
int __wrap_sigaction(int number, const struct sigaction *new,
                     struct sigaction *old)
{
    if (!active())
        return sigaction(number, new, old);
    if (!signals_valid(number) ||
        (new && (number == SIGKILL || number == SIGSTOP))) {
        errno = EINVAL;
        return -1;
    }
    struct signal_action *a = &state()->actions[number];
    if (new)
        access_plain((uint64_t) new, sizeof *new, EVENT_READ, PC);
    if (new && !can_handle(number) && new->sa_handler != SIG_DFL)
        signals_refuse("a handler of a fault");
    if (new && (new->sa_flags &(SA_SIGINFO | SA_NODEFER)) != 0)
        doubt(DOUBT_SIGNALS, "sigaction");
    action_point(PC);
    struct signal_action before = *a;
    if (new)
        *a = (struct signal_action){.run = new->sa_handler,
                                    .blocks = sigmask_bits(&new->sa_mask),
                                    .once = new->sa_flags &(int)SA_RESETHAND};
    if (new)
        signals_check_dropped(number);
    if (old) {
        access_plain((uint64_t)old, sizeof *old, EVENT_WRITE, PC);
        memset(old, 0, sizeof *old);
        old->sa_handler = before.run;
        sigmask_give(&old->sa_mask, before.blocks);
    }
    return 0;
}
