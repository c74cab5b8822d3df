/* The page of all cases, in Markdown, as a reader of the project meets it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_CATALOGUE_H
#define LOCKSTEP_CLI_CATALOGUE_H

#include "model/corpus.h"
#include "model/not_built.h"

#include <stdio.h>

/* What the page is made of. Borrowed. */
struct catalogue {
    const struct corpus *corpus;
    const struct strv *classes; /* in the corpus's order */
    const struct strv *notes;   /* a sentence on each class */
    const struct not_built *not_built;
};

void catalogue_print(const struct catalogue *c, FILE *out);

#endif
