/* Reads SARIF, the format in which clang and its analyser write what they
 * found: OASIS, "Static Analysis Results Interchange Format 2.1.0".
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_SARIF_H
#define LOCKSTEP_DETECTORS_SUPPORT_SARIF_H

#include "base/err.h"
#include "base/vec.h"

#include <stddef.h>

/* One result, at its first place. Strings owned, NULL where there is none. */
struct sarif_result {
    char *rule;
    char *level; /* "error", "warning", "note"... */
    char *message;
    char *file; /* path */
    int line, col;
};

VEC_TYPE(sarif_results, struct sarif_result);

/* Adds the results of text[0..n), in their order. Text before the first line
 * that starts with '{', and after that object, is left alone: compilers count
 * their warnings there. ERR_INVALID with a reason in *problem (owned by the
 * caller) when there is no whole SARIF in it; nothing was added then. */
enum err sarif_read(const char *text, size_t n, struct sarif_results *out,
                    char **problem);
void sarif_fini(struct sarif_results *l);

#endif
