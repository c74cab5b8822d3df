/* Numbers of elements as people write them.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_SIZE_H
#define LOCKSTEP_MODEL_SIZE_H

#include <stdbool.h>
#include <stdint.h>

/* Sizes stay exact in a double, and in JSON. */
#define SIZE_LIMIT 1000000000000000

/* "1500" or "2e6", from 1 to SIZE_LIMIT; false for anything else. */
bool size_read(const char *text, uint64_t *out);

#endif
