/* Small programs by chance, and the smallest part of one that still goes wrong.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_EXPLORE_GENERATE_H
#define LOCKSTEP_TESTS_EXPLORE_GENERATE_H

#include <stdbool.h>
#include <stdint.h>

/* A program in the simulated machine's language, the same for the same seed;
 * size, from 1, is about how many statements a thread has. Freed by the
 * caller. */
char *generate(uint64_t seed, unsigned size);

/* Takes statements out of the text as long as wrong() says true of what is
 * left; freed by the caller. */
char *shrink(const char *text, bool (*wrong)(const char *text, void *data),
             void *data);

#endif
