/* The recorded verdicts as signs that are short enough for a table.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_CATALOGUE_SIGNS_H
#define LOCKSTEP_CLI_CATALOGUE_SIGNS_H

#include "detectors/detector.h"
#include "model/corpus.h"

/* What is recorded of a case for a detector: a sign for each bug, one if they
 * are all the same, then one for each fix that is falsely flagged. Owned by the
 * caller. */
char *catalogue_sign(const struct scenario_case *c, const struct detector *d);

/* Whether the sign is more than that nothing was seen. */
bool catalogue_says(const struct scenario_case *c, const struct detector *d);

/* What the signs mean, in Markdown; ends with a NULL sign. */
struct catalogue_meaning {
    const char *sign, *text;
};
extern const struct catalogue_meaning catalogue_legend[];

#endif
