/* One line of assembly as gcc and clang write it for x86-64.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_INSTRUCTION_H
#define LOCKSTEP_EXPLORE_INSTRUCTION_H

#include <stdbool.h>
#include <stddef.h>

struct instruction {
    char name[32], operands[256];
};

/* The n characters of a line; false where they are no instruction, or one that
 * is too long to be of a compiler. */
bool instruction_parse(const char *text, size_t n, struct instruction *l);

/* The operand in memory, cut out of the text, or NULL; *last: it was the last.
 */
char *instruction_memory(char *operands, bool *last);

/* Whether an instruction of that name accesses its operand in memory, whether
 * it does nothing but write it where it is the last, or nothing but read it. */
bool instruction_accesses(const char *name);
bool instruction_moves(const char *name);
bool instruction_only_reads(const char *name);

/* How many bytes it accesses. */
long instruction_size(const struct instruction *l);

/* Whether a line is where another function begins, or where one can get from
 * elsewhere; labels of lexical blocks and of places are neither. */
bool instruction_is_function(const char *line);
bool instruction_is_block(const char *line);

#endif
