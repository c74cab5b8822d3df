/* SplitMix64 (Steele, Lea & Flood, Fast Splittable Pseudorandom Number
 * Generators, OOPSLA 2014): any seed is good, the same seed repeats.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SEARCH_RANDOM_H
#define LOCKSTEP_EXPLORE_SEARCH_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state;
};

static inline uint64_t random_mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

static inline uint64_t random_next(struct random *r)
{
    return random_mix(r->state += 0x9e3779b97f4a7c15U);
}

/* In [0, n), n > 0; biased by less than n / 2^32. */
static inline uint32_t random_below(struct random *r, uint32_t n)
{
    return (uint32_t)((random_next(r) >> 32) * n >> 32);
}

#endif
