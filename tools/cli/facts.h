/* The facts of a page about detectors, from the manifests and a recorded
 * measurement of costs, between the marks
 *     <!-- facts of ID -->
 *     <!-- end of facts -->
 * each alone on its line; the rest of the page is a person's. The facts of
 * `links` are what the names of cases refer to.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_FACTS_H
#define LOCKSTEP_CLI_FACTS_H

#include "base/diag.h"
#include "base/err.h"
#include "model/corpus.h"

#include <stdio.h>

/* What the facts are made of. Borrowed. */
struct facts {
    const struct corpus *corpus;
    const char *page; /* its name, for messages */
    const char *page_text;
    const char *costs;      /* the name of what costs_text is, or NULL */
    const char *costs_text; /* of `lockstep run --json`: host, timing, score */
    const char *links;      /* where the page finds the cases: "../cases/" */
};

/* Prints the page with its facts made anew. ERR_INVALID with messages in d when
 * a mark names no detector or is not ended, a detector has no mark, or the
 * costs are no such JSON; nothing is printed then. */
enum err facts_print(const struct facts *f, FILE *out, struct diag *d);

#endif
