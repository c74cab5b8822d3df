/* Reads what the semantic patches of sanitizer-configs/coccinelle report: one
 * JSON object a line, as report.cocci writes it:
 *     {"rule": "double-lock", "object": "&lock", "message": "...", "places":
 *      [{"role": "locks", "file": "a.c", "line": 7, "column": 4,
 *        "function": "work"}]}
 * and {"end": true} last, when all rules have run.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_COCCI_LINES_H
#define LOCKSTEP_DETECTORS_SUPPORT_COCCI_LINES_H

#include "base/err.h"
#include "model/finding.h"

#include <stddef.h>

/* Adds the findings. ERR_INVALID with the reason in *problem (the caller's)
 * when the end is missing. Lines that are no JSON are passed over. */
enum err cocci_lines_parse(const char *detector, const char *text, size_t n,
                           struct findings *findings, char **problem);

/* Why spatch could not do its work, or a part of it, from what it said on
 * stderr; NULL if it could. Owned by the caller. */
char *cocci_lines_refusal(const char *err);

#endif
