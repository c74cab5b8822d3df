/* What the program prints: kept for the report, and let out in a replay only.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_OUTPUT_H
#define LOCKSTEP_EXPLORE_RUNTIME_OUTPUT_H

#include <stddef.h>

/* fd is 1 or 2. */
void output_add(int fd, const char *text, size_t n);

#endif
