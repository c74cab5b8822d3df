/* The functions of sleeping and of asking for the time.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/threads.h"
#include "explore/runtime/timing.h"

#include <errno.h>
#include <sched.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define SECOND 1000000000ull

static void pause_for(uint64_t nanoseconds, uint64_t pc)
{
    if (!active())
        return;
    threads_test_cancel(pc);
    timing_sleep(nanoseconds ? nanoseconds : 1, pc);
}

static bool valid(const struct timespec *t)
{
    return t->tv_sec >= 0 && t->tv_nsec >= 0 && t->tv_nsec < (long)SECOND;
}

static uint64_t length(const struct timespec *t)
{
    return (uint64_t)t->tv_sec * SECOND + (uint64_t)t->tv_nsec;
}

int __wrap_usleep(useconds_t n);
int __wrap_usleep(useconds_t n)
{
    pause_for((uint64_t)n * 1000, PC);
    return 0;
}

unsigned __wrap_sleep(unsigned n);
unsigned __wrap_sleep(unsigned n)
{
    pause_for(n * SECOND, PC);
    return 0;
}

int __wrap_nanosleep(const struct timespec *t, struct timespec *left);
int __wrap_nanosleep(const struct timespec *t, struct timespec *left)
{
    (void)left;
    if (!valid(t)) {
        errno = EINVAL;
        return -1;
    }
    pause_for(length(t), PC);
    return 0;
}

int __wrap_clock_nanosleep(clockid_t id, int flags, const struct timespec *t,
                           struct timespec *left);
int __wrap_clock_nanosleep(clockid_t id, int flags, const struct timespec *t,
                           struct timespec *left)
{
    (void)left;
    if (!valid(t))
        return EINVAL;
    if (!(flags & TIMER_ABSTIME)) {
        pause_for(length(t), PC);
        return 0;
    }
    if (!active())
        return 0;
    struct timespec now = timing_now(id);
    pause_for(length(t) > length(&now) ? length(t) - length(&now) : 0, PC);
    return 0;
}

int __wrap_sched_yield(void);
int __wrap_sched_yield(void)
{
    if (active())
        timing_sleep(0, PC);
    return 0;
}

int __wrap_pthread_yield(void);
int __wrap_pthread_yield(void)
{
    if (active())
        timing_sleep(0, PC);
    return 0;
}

int __wrap_clock_gettime(clockid_t id, struct timespec *now);
int __wrap_clock_gettime(clockid_t id, struct timespec *now)
{
    if (!active())
        return clock_gettime(id, now);
    access_plain((uint64_t)now, sizeof *now, EVENT_WRITE, PC);
    *now = timing_now(id);
    return 0;
}

int __wrap_timespec_get(struct timespec *now, int base);
int __wrap_timespec_get(struct timespec *now, int base)
{
    if (!active())
        return timespec_get(now, base);
    access_plain((uint64_t)now, sizeof *now, EVENT_WRITE, PC);
    *now = timing_now(CLOCK_REALTIME);
    return base;
}

int __wrap_gettimeofday(struct timeval *now, void *zone);
int __wrap_gettimeofday(struct timeval *now, void *zone)
{
    (void)zone;
    if (!active())
        return gettimeofday(now, NULL);
    access_plain((uint64_t)now, sizeof *now, EVENT_WRITE, PC);
    struct timespec t = timing_now(CLOCK_REALTIME);
    now->tv_sec = t.tv_sec;
    now->tv_usec = t.tv_nsec / 1000;
    return 0;
}

time_t __wrap_time(time_t *now);
time_t __wrap_time(time_t *now)
{
    if (!active())
        return time(now);
    time_t t = timing_now(CLOCK_REALTIME).tv_sec;
    if (now) {
        access_plain((uint64_t)now, sizeof *now, EVENT_WRITE, PC);
        *now = t;
    }
    return t;
}

clock_t __wrap_clock(void);
clock_t __wrap_clock(void)
{
    if (!active())
        return clock();
    struct timespec t = timing_now(CLOCK_PROCESS_CPUTIME_ID);
    return (clock_t)(t.tv_sec * CLOCKS_PER_SEC +
                     t.tv_nsec / (1000000000 / CLOCKS_PER_SEC));
}
