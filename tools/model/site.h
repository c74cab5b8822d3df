/* Sites: labelled lines of a source, so that the truth moves with the code.
 * A label stands in a comment on the line: "@site increment".
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_SITE_H
#define LOCKSTEP_MODEL_SITE_H

#include "base/diag.h"
#include "base/err.h"
#include "base/vec.h"

struct site {
    char *label;
    int line;       /* from 1 */
    char *function; /* the function around it, or NULL outside of any */
};

VEC_TYPE(sites, struct site);

/* Adds the labelled lines of text in order. ERR_INVALID, with a message in d
 * naming file and line, for a label given twice or without a name. A line may
 * have several. Of the function, its head and its last brace are part. */
enum err site_scan(const char *file, const char *text, struct sites *out,
                   struct diag *d);

/* The site with that label, or NULL; borrowed. */
const struct site *site_find(const struct sites *l, const char *label);

void sites_fini(struct sites *l);

#endif
