/* Waiting for a signal that is blocked, by sigwait and its kin.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/sigmask.h"
#include "explore/runtime/signals.h"
#include "explore/runtime/threads.h"
#include "explore/runtime/timing.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define PC ((uint64_t)__builtin_return_address(0))

/* One choice for each signal that is waited for: of all, and of the thread. */
static unsigned offer(struct pending *p, uint64_t bits)
{
    struct state *s = state();
    struct thread *t = s->current;
    unsigned n = 0;
    for (int i = 1; i < STATE_SIGNALS; i++) {
        if (!(bits & signals_bit(i)))
            continue;
        for (int own = 0; own < 2; own++, n++) {
            if (n > 0)
                point_choice(p);
            point_gate(p, signals_pending_at(i, own ? t : NULL), TOUCH_WRITE,
                       own ? &t->signals[i] : &s->signals[i], 1, -1);
        }
    }
    return n;
}

static int taken(uint64_t bits, unsigned choice)
{
    struct state *s = state();
    for (int i = 1; i < STATE_SIGNALS; i++) {
        if (!(bits & signals_bit(i)))
            continue;
        if (choice < 2) {
            *(choice ? &s->current->signals[i] : &s->signals[i]) = 0;
            point_acquire(&s->signals_clock);
            return i;
        }
        choice -= 2;
    }
    return 0;
}

/* The signal that was taken; 0 when the time is up. */
static int await(const sigset_t *set, const struct timespec *patience,
                 uint64_t pc)
{
    struct timespec deadline = {0};
    access_plain((uint64_t)set, sizeof *set, EVENT_READ, pc);
    uint64_t bits = sigmask_bits(set);
    threads_test_cancel(pc);
    if (bits & ~state()->current->blocked)
        doubt(DOUBT_SIGNALS, "sigwait for a signal that is not blocked");
    if (__builtin_popcountll(bits) > 8)
        signals_refuse("sigwait for many signals");
    struct pending *p = point_begin(EVENT_SIGNAL_WAIT, LAYOUT_SIGNALS, pc);
    unsigned n = offer(p, bits);
    if (patience) {
        deadline = timing_deadline((uint64_t)patience->tv_sec * 1000000000ull +
                                   (uint64_t)patience->tv_nsec);
        timing_choices(p, CLOCK_MONOTONIC, &deadline, point_nothing);
    }
    threads_offer_cancel(p);
    unsigned choice = point(p);
    if (choice < n)
        return taken(bits, choice);
    if (!patience || choice > n + 1)
        threads_cancel_now(pc);
    timing_out(choice == n, CLOCK_MONOTONIC, &deadline);
    return 0;
}

int __wrap_sigwait(const sigset_t *set, int *number);
int __wrap_sigwait(const sigset_t *set, int *number)
{
    if (!active())
        return sigwait(set, number);
    int got = await(set, NULL, PC);
    access_plain((uint64_t)number, sizeof *number, EVENT_WRITE, PC);
    *number = got;
    return 0;
}

static int give_info(int got, siginfo_t *info, uint64_t pc)
{
    if (got == 0) {
        errno = EAGAIN;
        return -1;
    }
    if (info) {
        access_plain((uint64_t)info, sizeof *info, EVENT_WRITE, pc);
        memset(info, 0, sizeof *info);
        info->si_signo = got;
        info->si_pid = getpid();
    }
    return got;
}

int __wrap_sigwaitinfo(const sigset_t *set, siginfo_t *info);
int __wrap_sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
    if (!active())
        return sigwaitinfo(set, info);
    return give_info(await(set, NULL, PC), info, PC);
}

int __wrap_sigtimedwait(const sigset_t *set, siginfo_t *info,
                        const struct timespec *patience);
int __wrap_sigtimedwait(const sigset_t *set, siginfo_t *info,
                        const struct timespec *patience)
{
    if (!active())
        return sigtimedwait(set, info, patience);
    return give_info(await(set, patience, PC), info, PC);
}
