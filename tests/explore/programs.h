/* Programs of the simulated machine that every strategy must get right.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_EXPLORE_PROGRAMS_H
#define LOCKSTEP_TESTS_EXPLORE_PROGRAMS_H

#include <stddef.h>

struct known_program {
    const char *name, *text;
    size_t traces; /* 0: not known from elsewhere */
};

extern const struct known_program known_programs[];
extern const size_t known_programs_n;

#endif
