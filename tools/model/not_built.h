/* not-built.yaml: pairs that were meant for a corpus, and why they are not in
 * it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_NOT_BUILT_H
#define LOCKSTEP_MODEL_NOT_BUILT_H

#include "base/diag.h"
#include "base/err.h"

struct absent_pair {
    char *name;   /* "class/name" */
    char *reason; /* why it cannot honestly be built */
};

struct not_built {
    struct absent_pair *pairs;
    unsigned pairs_count;
};

/* Reads text, the content of file, into *out (not_built_free). ERR_INVALID,
 * with messages in d that name file and line. */
enum err not_built_read(const char *file, const char *text, size_t n,
                        struct not_built **out, struct diag *d);
void not_built_free(struct not_built *b);

#endif
