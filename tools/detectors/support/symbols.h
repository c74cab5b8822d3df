/* Names of a program's global variables by their addresses, from its ELF
 * symbol table: DRD tells no name, and Helgrind none of locks.
 * (--read-var-info=yes would, for two seconds and 80 MB more on every run.)
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_SYMBOLS_H
#define LOCKSTEP_DETECTORS_SUPPORT_SYMBOLS_H

#include "base/err.h"
#include "base/vec.h"

#include <stdint.h>

struct symbol {
    uint64_t address, size;
    char *name;
};

/* Zero-initialise. */
VEC_TYPE(symbols, struct symbol);

/* Reads the objects of a program linked at fixed addresses (-no-pie);
 * ERR_UNSUPPORTED for another, ERR_INVALID for what is no ELF file. */
enum err symbols_load(const char *path, struct symbols *s);
void symbols_fini(struct symbols *s);

/* The object that holds the address, borrowed, or NULL. */
const char *symbols_name(const struct symbols *s, uint64_t address);

/* The text with the addresses in it ("0x10c0e0") that symbols are known of
 * replaced by these. Their names go to *names, comma between, or NULL when
 * there is none; the caller frees both. */
char *symbols_replace(const struct symbols *s, const char *text, char **names);

#endif
