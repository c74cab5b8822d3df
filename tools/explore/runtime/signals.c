/* Masks, actions, and what is pending.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/signals.h"

#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/exits.h"
#include "explore/runtime/threads.h"
#include "explore/runtime/timing.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define PC ((uint64_t)__builtin_return_address(0))

static uint64_t bit(int number)
{
    return 1ull << (number - 1);
}

static bool valid(int number)
{
    return number > 0 && number < STATE_SIGNALS;
}

void signals_reset(void)
{
    struct state *s = state();
    if (!s->has_signals)
        return;
    s->has_signals = false;
    memset(s->actions, 0, sizeof s->actions);
    memset(s->signals, 0, sizeof s->signals);
    for (int i = 0; i < SHARED_THREADS; i++)
        memset(s->threads[i].signals, 0, sizeof s->threads[i].signals);
    clock_clear(&s->signals_clock);
}

void signals_inherit(struct thread *t, const struct thread *parent)
{
    t->blocked = parent->blocked;
}

/* The objects of the search: what is pending for all, and for each thread. */
static uint64_t pending_at(int number, const struct thread *t)
{
    uint64_t whose = t ? t->id + 1 : 0;
    return LAYOUT_SIGNALS + (whose * STATE_SIGNALS + (uint64_t)number) * 8;
}

static _Noreturn void refuse(const char *why)
{
    doubt(DOUBT_SIGNALS, why);
    state()->stop = true;
    point_end(SEARCH_ENDED_CAP);
}

static bool ignored_by_default(int number)
{
    return number == SIGCHLD || number == SIGURG || number == SIGWINCH ||
           number == SIGCONT;
}

/* Runs in the current thread, which does not block it. */
static void act(int number, const char *what, uint64_t pc)
{
    struct thread *t = state()->current;
    struct signal_action *a = &state()->actions[number];
    uint64_t blocked = t->blocked;
    if (a->run == SIG_IGN || (a->run == SIG_DFL && ignored_by_default(number)))
        return;
    if (a->run == SIG_DFL)
        exits_killed(number, what, pc);
    if (a->info)
        refuse("a handler with SA_SIGINFO");
    void (*run)(int) = a->run;
    t->blocked |= a->blocks | bit(number);
    if (a->once)
        a->run = SIG_DFL;
    run(number);
    t->blocked = blocked;
}

/* It stays pending, at most once. */
static void keep(int32_t *pending)
{
    state()->has_signals = true;
    point_release(&state()->signals_clock);
    *pending = 1;
}

static bool acts(int number)
{
    const struct signal_action *a = &state()->actions[number];
    return a->run != SIG_IGN &&
           !(a->run == SIG_DFL && ignored_by_default(number));
}

static bool is_open(const struct thread *t, int number)
{
    return t->used && !t->ended && !(t->blocked & bit(number));
}

static bool open_somewhere(int number)
{
    const struct state *s = state();
    for (uint32_t i = 0; i < s->threads_used; i++)
        if (is_open(&s->threads[i], number))
            return true;
    return false;
}

/* Sending can meet anything: who blocks it now, who has ended, what is done
 * with it; and what is kept opens the gate of who waits for it. */
static void refresh_send(struct pending *p)
{
    struct thread *t = (struct thread *)(uintptr_t)p->other;
    int number = (int)p->aid;
    point_again(p);
    point_touch(p, 0, TOUCH_EVERYTHING, TOUCH_WRITE);
    if (!valid(number) || !acts(number) ||
        (t ? is_open(t, number) : open_somewhere(number)))
        return;
    const int32_t *gate = t ? &t->signals[number] : &state()->signals[number];
    point_gate(p, pending_at(number, t), TOUCH_WRITE, gate, 0, 1 - *gate);
}

static void send_point(struct thread *t, int number, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_LIBRARY, LAYOUT_SIGNALS, pc);
    p->other = t;
    p->aid = (uint64_t)number;
    point_fickle(p, refresh_send);
    point(p);
}

static const char *told(int number)
{
    return sigdescr_np(number) ? sigdescr_np(number) : "a signal";
}

/* To one thread. */
static void send_to(struct thread *t, int number, uint64_t pc)
{
    struct state *s = state();
    if (!acts(number))
        return;
    if (t->blocked & bit(number))
        keep(&t->signals[number]);
    else if (t == s->current || s->actions[number].run == SIG_DFL)
        act(number, told(number), pc);
    else
        refuse("a signal handler in the midst of another thread");
}

/* To whoever does not block it. */
static void send_to_all(int number, uint64_t pc)
{
    struct state *s = state();
    bool other = false;
    for (uint32_t i = 0; i < s->threads_used; i++)
        other = other || (&s->threads[i] != s->current &&
                          is_open(&s->threads[i], number));
    if (!acts(number))
        return;
    if (!open_somewhere(number))
        keep(&s->signals[number]);
    else if (!other || s->actions[number].run == SIG_DFL)
        act(number, told(number), pc);
    else
        refuse("a signal handler in the midst of another thread");
}

void signals_raise(int number, const char *what, uint64_t pc)
{
    struct thread *t = state()->current;
    if (!acts(number))
        return;
    if (t->blocked & bit(number))
        keep(&t->signals[number]);
    else
        act(number, what, pc);
}

int __wrap_raise(int number);
int __wrap_raise(int number)
{
    if (!active())
        return raise(number);
    if (!valid(number)) {
        errno = EINVAL;
        return -1;
    }
    send_point(state()->current, number, PC);
    send_to(state()->current, number, PC);
    return 0;
}

int __wrap_pthread_kill(pthread_t id, int number);
int __wrap_pthread_kill(pthread_t id, int number)
{
    if (!active())
        return pthread_kill(id, number);
    if (number != 0 && !valid(number))
        return EINVAL;
    struct thread *t = threads_by_id(id);
    send_point(t, number, PC);
    if (!t || t->joined || (t->detached && t->ended))
        bug_misuse("a signal to what is no thread any more", id, PC);
    if (t->ended)
        return 0;
    if (number)
        send_to(t, number, PC);
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
    if (number != 0 && !valid(number)) {
        errno = EINVAL;
        return -1;
    }
    send_point(NULL, number, PC);
    if (number)
        send_to_all(number, PC);
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

__sighandler_t __wrap_signal(int number, __sighandler_t handler);
__sighandler_t __wrap_signal(int number, __sighandler_t handler)
{
    if (!active())
        return signal(number, handler);
    if (!valid(number) || number == SIGKILL || number == SIGSTOP) {
        errno = EINVAL;
        return SIG_ERR;
    }
    if (!can_handle(number) && handler != SIG_DFL)
        refuse("a handler of a fault");
    action_point(PC);
    struct signal_action *a = &state()->actions[number];
    __sighandler_t before = a->run;
    *a = (struct signal_action){.run = handler};
    return before;
}

static uint64_t bits_of(const sigset_t *set)
{
    uint64_t bits = 0;
    for (int i = 1; i < STATE_SIGNALS; i++)
        if (sigismember(set, i) == 1)
            bits |= bit(i);
    return bits;
}

static void give_bits(sigset_t *set, uint64_t bits)
{
    sigemptyset(set);
    for (int i = 1; i < STATE_SIGNALS; i++)
        if (bits & bit(i))
            sigaddset(set, i);
}

int __wrap_sigaction(int number, const struct sigaction *new,
                     struct sigaction *old);
int __wrap_sigaction(int number, const struct sigaction *new,
                     struct sigaction *old)
{
    if (!active())
        return sigaction(number, new, old);
    if (!valid(number) || (new && (number == SIGKILL || number == SIGSTOP))) {
        errno = EINVAL;
        return -1;
    }
    struct signal_action *a = &state()->actions[number];
    if (new)
        access_plain((uint64_t) new, sizeof *new, EVENT_READ, PC);
    if (new && (!can_handle(number) || new->sa_flags &SA_SIGINFO))
        doubt(DOUBT_SIGNALS, "sigaction");
    action_point(PC);
    struct signal_action before = *a;
    if (new)
        *a = (struct signal_action){.run = new->sa_handler,
                                    .blocks = bits_of(&new->sa_mask),
                                    .once = new->sa_flags &(int)SA_RESETHAND};
    if (old) {
        access_plain((uint64_t)old, sizeof *old, EVENT_WRITE, PC);
        memset(old, 0, sizeof *old);
        old->sa_handler = before.run;
        give_bits(&old->sa_mask, before.blocks);
    }
    return 0;
}

static void check_unblocked(const struct thread *t)
{
    for (int i = 1; i < STATE_SIGNALS; i++)
        if (!(t->blocked & bit(i)) && (t->signals[i] || state()->signals[i]))
            refuse("a signal that was pending and is not blocked any more");
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
        uint64_t bits = bits_of(set);
        if (how != SIG_BLOCK && how != SIG_UNBLOCK && how != SIG_SETMASK)
            return EINVAL;
        t->blocked = how == SIG_BLOCK     ? before | bits
                     : how == SIG_UNBLOCK ? before & ~bits
                                          : bits;
    }
    if (old) {
        access_plain((uint64_t)old, sizeof *old, EVENT_WRITE, pc);
        give_bits(old, before);
    }
    check_unblocked(t);
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

/* One choice for each signal that is waited for: of all, and of the thread. */
static unsigned offer(struct pending *p, uint64_t bits)
{
    struct state *s = state();
    struct thread *t = s->current;
    unsigned n = 0;
    for (int i = 1; i < STATE_SIGNALS; i++) {
        if (!(bits & bit(i)))
            continue;
        for (int own = 0; own < 2; own++, n++) {
            if (n > 0)
                point_choice(p);
            point_gate(p, pending_at(i, own ? t : NULL), TOUCH_WRITE,
                       own ? &t->signals[i] : &s->signals[i], 1, -1);
        }
    }
    return n;
}

static int taken(uint64_t bits, unsigned choice)
{
    struct state *s = state();
    for (int i = 1; i < STATE_SIGNALS; i++) {
        if (!(bits & bit(i)))
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
    uint64_t bits = bits_of(set);
    threads_test_cancel(pc);
    if (bits & ~state()->current->blocked)
        doubt(DOUBT_SIGNALS, "sigwait for a signal that is not blocked");
    if (__builtin_popcountll(bits) > 8)
        refuse("sigwait for many signals");
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
