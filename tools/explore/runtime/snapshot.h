/* The program's variables as they stood before main: taken once, put back
 * before each execution. That is what makes a restart cost microseconds.
 *
 * Put back are the data of the executable itself (.data and .bss) and the
 * blocks of the heap that static constructors allocated. Thread-local variables
 * are put back with the threads (fiber.h). Libc's own data are not: what the
 * program changes there through functions that are modelled is kept elsewhere.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_SNAPSHOT_H
#define LOCKSTEP_EXPLORE_RUNTIME_SNAPSHOT_H

#include <stdbool.h>
#include <stdint.h>

void snapshot_take(void);
void snapshot_restore(void);

/* Whether the address is of the executable's variables. */
bool snapshot_has(uint64_t address);

#endif
