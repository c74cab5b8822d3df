/* Estimates pi by points drawn at random, until it is told to stop.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

#define MOST 100000000L /* points */

atomic_bool stopped;

static struct estimate {
    long points, inside; /* of the quarter of a circle */
} estimate;

static uint64_t next_random(uint64_t x)
{
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return x;
}

static void *draw(void *unused)
{
    const uint64_t radius = UINT64_C(1) << 31;
    uint64_t x = 88172645463325252;
    long points = 0, inside = 0;
    while (!stopped) { /* @site poll */
        x = next_random(x);
        uint64_t east = x >> 33, north = x % radius;
        inside += east * east + north * north < radius * radius;
        if (++points == MOST)
            break;
    }
    estimate = (struct estimate){points, inside};
    return unused;
}

int main(void)
{
    pthread_t drawer;
    CASE_CHECK(pthread_create(&drawer, NULL, draw, NULL));
    usleep(10000);  /* the time that the estimate may take */
    stopped = true; /* @site stop */
    CASE_CHECK(pthread_join(drawer, NULL));
    return case_end(estimate.points < MOST,
                    "stopped after %ld of %ld points, %ld of them inside",
                    estimate.points, MOST, estimate.inside);
}
