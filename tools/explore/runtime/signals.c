/* What a signal does, and what is pending.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/signals.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/exits.h"
#include "explore/runtime/point.h"

#include <signal.h>
#include <string.h>

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

uint64_t signals_pending_at(int number, const struct thread *t)
{
    uint64_t whose = t ? t->id + 1 : 0;
    return LAYOUT_SIGNALS + (whose * STATE_SIGNALS + (uint64_t)number) * 8;
}

void signals_refuse(const char *why)
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
        signals_refuse("a handler with SA_SIGINFO");
    void (*run)(int) = a->run;
    t->blocked |= a->blocks | signals_bit(number);
    if (a->once)
        a->run = SIG_DFL;
    t->handling++;
    run(number);
    t->handling--;
    t->blocked = blocked;
    if (t->signals[number] && !(blocked & signals_bit(number))) {
        t->signals[number] = 0; /* it came again meanwhile */
        act(number, what, pc);
    }
    signals_check_unblocked(t);
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

void signals_check_dropped(int number)
{
    bool any = state()->signals[number];
    for (uint32_t i = 0; i < state()->threads_used; i++)
        any = any || state()->threads[i].signals[number];
    if (any && !acts(number))
        signals_refuse("a signal that is pending is ignored");
}

static bool is_open(const struct thread *t, int number)
{
    return t->used && !t->ended && !(t->blocked & signals_bit(number));
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
    if (!signals_valid(number) ||
        (t ? is_open(t, number) : open_somewhere(number)))
        return;
    const int32_t *gate = t ? &t->signals[number] : &state()->signals[number];
    point_gate(p, signals_pending_at(number, t), TOUCH_WRITE, gate, 0,
               1 - *gate);
}

void signals_send_point(struct thread *t, int number, uint64_t pc)
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

void signals_send_to(struct thread *t, int number, uint64_t pc)
{
    struct state *s = state();
    if (t->blocked & signals_bit(number)) /* what is ignored, too: as Linux */
        keep(&t->signals[number]);
    else if (!acts(number))
        return;
    else if (t == s->current || s->actions[number].run == SIG_DFL)
        act(number, told(number), pc);
    else
        signals_refuse("a signal handler in the midst of another thread");
}

void signals_send_to_all(int number, uint64_t pc)
{
    struct state *s = state();
    bool other = false;
    for (uint32_t i = 0; i < s->threads_used; i++)
        other = other || (&s->threads[i] != s->current &&
                          is_open(&s->threads[i], number));
    if (!open_somewhere(number))
        keep(&s->signals[number]);
    else if (!acts(number))
        return;
    else if (!other || s->actions[number].run == SIG_DFL)
        act(number, told(number), pc);
    else
        signals_refuse("a signal handler in the midst of another thread");
}

void signals_raise(int number, const char *what, uint64_t pc)
{
    struct thread *t = state()->current;
    if (t->blocked & signals_bit(number))
        keep(&t->signals[number]);
    else if (acts(number))
        act(number, what, pc);
}
