/* Reports that suppressions kept back, by the name of the suppression.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_SUPPRESSED_H
#define LOCKSTEP_MODEL_SUPPRESSED_H

#include "base/vec.h"

/* Strings owned. */
struct suppressed {
    char *name; /* or its pattern, where it has no name */
    unsigned long count;
};

VEC_TYPE(suppressed_list, struct suppressed);

/* Counts n more for the name of so many bytes. */
void suppressed_add(struct suppressed_list *l, const char *name, size_t length,
                    unsigned long n);
void suppressed_fini(struct suppressed_list *l);

#endif
