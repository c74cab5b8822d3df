/* The diagnostics that clang-tidy exports, in YAML, as findings.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_TIDY_H
#define LOCKSTEP_DETECTORS_SUPPORT_TIDY_H

#include "base/err.h"
#include "model/finding.h"

#define TIDY_ID "clang-tidy"

/* Adds the diagnostics of text[0..n). Places are given as offsets into files:
 * these are read; one that cannot be has no line. ERR_INVALID with a reason in
 * *problem (owned by the caller) when the text is no such export, or tells that
 * a source could not be read: nothing was added then. */
enum err tidy_parse(const char *text, size_t n, struct findings *findings,
                    char **problem);

#endif
