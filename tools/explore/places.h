/* Where in a program's sources an address of its code is, and which variable an
 * address of its data belongs to, by its own debugging information.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_PLACES_H
#define LOCKSTEP_EXPLORE_PLACES_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct places;

struct code_place {
    const char *file; /* as the compiler was told, made absolute if it can be */
    int line, column;
    const char *function;
};

/* base is where the program's first byte lay when it ran, 0: as linked. */
enum err places_open(const char *program, uint64_t base, struct places **out);
void places_close(struct places *p);

/* The place of the call that returns to pc; false when nothing is known.
 * Borrowed from p. */
bool places_code(struct places *p, uint64_t pc, struct code_place *out);

/* "counter", "table[+8]" for a variable of the program; NULL for any other
 * address. The caller frees it. */
char *places_variable(struct places *p, uint64_t address);

/* That line of a source, blanks and the label's comment cut off; "" if it
 * cannot be read. The caller frees it. */
char *places_line(const char *file, int line);

#endif
