/* Sets of signals, and which of them a thread blocks.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/sigmask.h"

#include "explore/runtime/access.h"
#include "explore/runtime/point.h"
#include "explore/runtime/signals.h"

#include <errno.h>

#define PC ((uint64_t)__builtin_return_address(0))

uint64_t sigmask_bits(const sigset_t *set)
{
    uint64_t bits = 0;
    for (int i = 1; i < STATE_SIGNALS; i++)
        if (sigismember(set, i) == 1)
            bits |= signals_bit(i);
    return bits;
}

void sigmask_give(sigset_t *set, uint64_t bits)
{
    sigemptyset(set);
    for (int i = 1; i < STATE_SIGNALS; i++)
        if (bits & signals_bit(i))
            sigaddset(set, i);
}

void signals_check_unblocked(const struct thread *t)
{
    for (int i = 1; i < STATE_SIGNALS; i++)
        if (!(t->blocked & signals_bit(i)) &&
            (t->signals[i] || state()->signals[i]))
            signals_refuse(
                "a signal that was pending and is not blocked any more");
}

static int set_mask(int how, const sigset_t *set, sigset_t *old, uint64_t pc)
{
    struct thread *t = state()->current;
    uint64_t before = t->blocked;
    struct pending *p = point_begin(EVENT_LIBRARY, LAYOUT_SIGNALS, pc);
    point_touch(p, LAYOUT_SIGNALS, 1, TOUCH_READ); /* kill comes between */
    point(p);
    if (set) {
        access_plain((uint64_t)set, sizeof *set, EVENT_READ, pc);
        uint64_t bits = sigmask_bits(set);
        if (how != SIG_BLOCK && how != SIG_UNBLOCK && how != SIG_SETMASK)
            return EINVAL;
        t->blocked = how == SIG_BLOCK     ? before | bits
                     : how == SIG_UNBLOCK ? before & ~bits
                                          : bits;
    }
    if (old) {
        access_plain((uint64_t)old, sizeof *old, EVENT_WRITE, pc);
        sigmask_give(old, before);
    }
    signals_check_unblocked(t);
    return 0;
}

int __wrap_pthread_sigmask(int how, const sigset_t *set, sigset_t *old);
int __wrap_pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
    if (!active())
        return pthread_sigmask(how, set, old);
    return set_mask(how, set, old, PC);
}

int __wrap_sigprocmask(int how, const sigset_t *set, sigset_t *old);
int __wrap_sigprocmask(int how, const sigset_t *set, sigset_t *old)
{
    if (!active())
        return sigprocmask(how, set, old);
    errno = set_mask(how, set, old, PC);
    return errno ? -1 : 0;
}

#define SET_WRITTEN(call, declaration, arguments)                              \
    int __wrap_##call declaration;                                             \
    int __wrap_##call declaration                                              \
    {                                                                          \
        access_plain((uint64_t)set, sizeof *set, EVENT_WRITE, PC);             \
        return call arguments;                                                 \
    }

SET_WRITTEN(sigemptyset, (sigset_t * set), (set))
SET_WRITTEN(sigfillset, (sigset_t * set), (set))
SET_WRITTEN(sigaddset, (sigset_t * set, int number), (set, number))
SET_WRITTEN(sigdelset, (sigset_t * set, int number), (set, number))

int __wrap_sigismember(const sigset_t *set, int number);
int __wrap_sigismember(const sigset_t *set, int number)
{
    access_plain((uint64_t)set, sizeof *set, EVENT_READ, PC);
    return sigismember(set, number);
}
