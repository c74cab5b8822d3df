/* Makes findings of what `lockstep explore --json` prints, with jansson.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_EXPLORED_H
#define LOCKSTEP_DETECTORS_SUPPORT_EXPLORED_H

#include "detectors/detector.h"

/* Adds a finding for each bug in text, by the detector with that id.
 * ERR_INVALID, with a reason in *problem, when it is no such JSON, or nothing
 * was explored: err is what the explorer complained of. */
enum err explored_findings(const char *detector, const char *text,
                           const char *err, struct findings *findings,
                           char **problem);

/* What the search claims, of a text that gave findings or none. */
void explored_result(const char *text, struct search_result *out);

#endif
