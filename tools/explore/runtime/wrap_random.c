/* Random numbers: the same in every execution.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/point.h"

#include <stdlib.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define READ(p, n) access_plain((uint64_t)(p), n, EVENT_READ, PC)
#define WRITE(p, n) access_plain((uint64_t)(p), n, EVENT_WRITE, PC)

/* glibc's is under a lock of its own: it races with nothing, and who comes
 * first gets the first number. */
static int next_random(void)
{
    struct state *s = state();
    if (!active())
        return rand();
    struct pending *p = point_begin(EVENT_LIBRARY, LAYOUT_HIDDEN, 0);
    point_touch(p, LAYOUT_HIDDEN, 1, TOUCH_WRITE);
    point(p);
    s->random = s->random * 6364136223846793005ull + 1442695040888963407ull;
    return (int)(s->random >> 33);
}

int __wrap_rand(void);
int __wrap_rand(void)
{
    return next_random();
}

long __wrap_random(void);
long __wrap_random(void)
{
    return next_random();
}

static void seed(unsigned n)
{
    if (!active())
        return;
    struct pending *p = point_begin(EVENT_LIBRARY, LAYOUT_HIDDEN, 0);
    point_touch(p, LAYOUT_HIDDEN, 1, TOUCH_WRITE);
    point(p);
    state()->random = n;
}

void __wrap_srand(unsigned n);
void __wrap_srand(unsigned n)
{
    seed(n);
}

void __wrap_srandom(unsigned n);
void __wrap_srandom(unsigned n)
{
    seed(n);
}

int __wrap_rand_r(unsigned *at);
int __wrap_rand_r(unsigned *at)
{
    READ(at, sizeof *at);
    WRITE(at, sizeof *at);
    return rand_r(at);
}
