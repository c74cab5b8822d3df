/* The entries of a manifest's `plain` and `expect` as keys and values in YAML:
 * to be compared and written. Internal to the model.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_FIELDS_H
#define LOCKSTEP_MODEL_FIELDS_H

#include "base/vec.h"
#include "model/manifest.h"

struct field {
    const char *key;
    char *value; /* YAML in flow style; of prose the text itself */
    bool prose;
};

VEC_TYPE(fields, struct field);

/* What is left out when it is the default is left out here too. */
void fields_of_plain(const struct plain *p, struct fields *out);
void fields_of_expectation(const struct expectation *e, struct fields *out);
void fields_fini(struct fields *l);

bool fields_equal(const struct fields *a, const struct fields *b);

/* Adds the entry of a list, its dash after `indent` blanks: in one line if it
 * fits and has no prose. */
void fields_write(struct buf *out, size_t indent, const struct fields *l);

#endif
