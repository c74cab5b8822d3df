/* What preprocessed text asks of the compiler.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_PREPROCESSED_H
#define LOCKSTEP_EXPLORE_PREPROCESSED_H

#include <stdbool.h>

/* Whether a pragma or an attribute of gcc asks for optimisation: `#pragma GCC
 * optimize`, `__attribute__((optimize(...)))`, also as [[gnu::optimize]]. What
 * stands in a string or in a character does not count; in doubt it is true. */
bool preprocessed_optimises(const char *text);

#endif
