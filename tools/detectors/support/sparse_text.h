/* Reads what sparse says: "FILE:LINE:COLUMN: warning: WORDS", a line each; it
 * has no other format.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_SPARSE_TEXT_H
#define LOCKSTEP_DETECTORS_SUPPORT_SPARSE_TEXT_H

#include "base/err.h"
#include "model/finding.h"

#include <stddef.h>

/* Adds the findings about contexts. ERR_INVALID with the reason in *problem
 * (the caller's) when the source was not understood, or the text is cut off. */
enum err sparse_text_parse(const char *detector, const char *text, size_t n,
                           struct findings *findings, char **problem);

#endif
