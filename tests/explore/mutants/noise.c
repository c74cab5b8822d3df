/* Lets other threads run between any two accesses of a program, by chance; the
 * compiler calls it at each one (-fsanitize-coverage=trace-loads,trace-stores).
 * SPDX-License-Identifier: MIT */
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

enum { YIELDS = 4, SLEEPS = 8, SLEEP_NS = 200000, MOST = 300 };

static _Thread_local uint64_t random_state;
static _Thread_local int sleeps; /* so far: a long program is to end, too */

static uint64_t next_random(void)
{
    if (random_state == 0) {
        const char *seed = getenv("NOISE");
        random_state = ((uint64_t)&random_state >> 4) * 0x9e3779b97f4a7c15ull ^
                       (seed ? strtoull(seed, NULL, 10) : 0);
    }
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static void disturb(void)
{
    uint64_t r = next_random() >> 11;
    if (r % SLEEPS == 0 && sleeps++ < MOST)
        nanosleep(&(struct timespec){.tv_nsec = (long)(r >> 8) % SLEEP_NS},
                  NULL);
    else if (r % YIELDS == 0)
        sched_yield();
}

#define HOOK(name)                                                             \
    void __sanitizer_cov_##name(const void *where);                            \
    void __sanitizer_cov_##name(const void *where)                             \
    {                                                                          \
        (void)where;                                                           \
        disturb();                                                             \
    }

HOOK(load1)
HOOK(load2)
HOOK(load4)
HOOK(load8)
HOOK(load16)
HOOK(store1)
HOOK(store2)
HOOK(store4)
HOOK(store8)
HOOK(store16)
