/* Sleeps, clocks and deadlines.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/timing.h"

#include "explore/runtime/bug.h"

#include <errno.h>

/* What the clocks show when the program starts: an arbitrary fixed date. */
#define EPOCH_REAL 1700000000ull
#define EPOCH_OTHER 1000ull
#define SECOND 1000000000ull

static uint64_t epoch(clockid_t id)
{
    return (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE ||
                    id == CLOCK_TAI
                ? EPOCH_REAL
                : EPOCH_OTHER) *
           SECOND;
}

bool timing_valid(const struct timespec *t)
{
    return t->tv_nsec >= 0 && t->tv_nsec < (long)SECOND;
}

/* A deadline on the thread's own scale; 0 if it was before the start. */
static uint64_t virtual(clockid_t id, const struct timespec *t)
{
    if (t->tv_sec < 0)
        return 0;
    uint64_t at = (uint64_t)t->tv_sec * SECOND + (uint64_t)t->tv_nsec;
    return at < epoch(id) ? 0 : at - epoch(id);
}

void timing_choices(struct pending *p, clockid_t id,
                    const struct timespec *deadline,
                    void (*extra)(struct pending *p))
{
    struct state *s = state();
    bool late = virtual(id, deadline) <= pending_thread(p)->clock.vtime;
    /* A thread that waits is not interrupted where it could time out. */
    if (!late && s->shared->config.timeouts)
        p->yields = true;
    if (!timing_valid(deadline))
        doubt(DOUBT_UNMODELLED, "a deadline with wrong nanoseconds");
    point_choice(p);
    if (!late)
        point_gate(p, LAYOUT_BUDGET, TOUCH_WRITE, &s->timeouts_left, 1, -1);
    extra(p);
    point_choice(p)->last_resort = true;
    extra(p);
}

struct timespec timing_deadline(uint64_t nanoseconds)
{
    uint64_t at =
        epoch(CLOCK_MONOTONIC) + state()->current->clock.vtime + nanoseconds;
    return (struct timespec){.tv_sec = (time_t)(at / SECOND),
                             .tv_nsec = (long)(at % SECOND)};
}

int timing_out(bool by_choice, clockid_t id, const struct timespec *deadline)
{
    struct state *s = state();
    struct thread *t = s->current;
    uint64_t late = virtual(id, deadline);
    if (late > t->clock.vtime) {
        t->clock.vtime = late;
        s->timeouts_left -= by_choice;
    }
    return ETIMEDOUT;
}

/* Asking for the time makes it matter how long one slept, also in loops that
 * were taken for circles: then all is to be searched anew. */
struct timespec timing_now(clockid_t id)
{
    struct state *s = state();
    struct thread *t = s->current;
    point_learn(LEARNED_CLOCK);
    t->spin.mark++;
    uint64_t now = epoch(id) + ++t->clock.vtime;
    return (struct timespec){.tv_sec = (time_t)(now / SECOND),
                             .tv_nsec = (long)(now % SECOND)};
}

void timing_sleep(uint64_t nanoseconds, uint64_t pc)
{
    struct state *s = state();
    struct pending *p =
        point_begin(nanoseconds ? EVENT_SLEEP : EVENT_YIELD, 0, pc);
    p->yields = true;
    p->aid = nanoseconds;
    point(p);
    s->current->clock.vtime += nanoseconds;
    if (point_learned(LEARNED_CLOCK))
        s->current->spin.mark++;
}
