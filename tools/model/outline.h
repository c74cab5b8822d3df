/* Which lines of a C source belong to which function. Reads tokens, not the
 * language: macros are not expanded and every branch of an #if is read.
 * Internal to the model.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_OUTLINE_H
#define LOCKSTEP_MODEL_OUTLINE_H

#include "base/vec.h"

/* A function definition, from the first line of its head to its last brace. */
struct outline_function {
    char *name;
    int first, last; /* lines, from 1 */
};

VEC_TYPE(outline, struct outline_function);

/* Adds the functions of text in order. A body begins with a '{' outside of all
 * others whose declaration has a name before a '(' and no '='; it ends at its
 * '}', or at any '}' in column one, so that branches of an #if that open a
 * brace each do no harm. */
void outline_read(const char *text, struct outline *out);

/* The name of the last function that has the line, or NULL. Borrowed. */
const char *outline_at(const struct outline *l, int line);

void outline_fini(struct outline *l);

#endif
