/* Numbers in YAML files: libcyaml reads as many characters as make one, so that
 * 1e6 would be the whole number 1, and 0.4x be 0.4. Internal to the model.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_NUMBERS_H
#define LOCKSTEP_MODEL_NUMBERS_H

#include <cyaml/cyaml.h>

struct number_misread {
    char *word; /* owned by the caller; NULL if there is none */
    int line;   /* from 1 */
};

/* The first scalar of a text that fits the schema which wants a number there,
 * and is not one from its start to its end. Whole ones are in digits only. */
struct number_misread numbers_check(const cyaml_schema_value_t *schema,
                                    const char *text, size_t n);

#endif
