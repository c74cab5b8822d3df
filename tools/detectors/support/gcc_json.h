/* Reads what gcc's analyser says, as gcc 12 writes it with
 * -fdiagnostics-format=json: one array of diagnostics, each with a path of
 * events that lead to it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_GCC_JSON_H
#define LOCKSTEP_DETECTORS_SUPPORT_GCC_JSON_H

#include "base/err.h"
#include "model/finding.h"

#include <stddef.h>

/* Adds the analyser's findings about concurrency; gcc's ordinary warnings are
 * none. ERR_INVALID with the reason in *problem (the caller's) when the text is
 * no whole report, or the source was not understood. */
enum err gcc_json_parse(const char *detector, const char *text, size_t n,
                        struct findings *findings, char **problem);

#endif
