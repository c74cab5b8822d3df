/* Makes findings of what `lockstep explore --json` prints, with jansson.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_EXPLORED_H
#define LOCKSTEP_DETECTORS_SUPPORT_EXPLORED_H

#include "detectors/detector.h"

/* The one result in what was printed. */
struct explore_report {
    struct json_t *root;
    const struct json_t *result; /* in root; NULL: the text is no such JSON */
};

void explore_report_read(const char *text, struct explore_report *out);
void explore_report_fini(struct explore_report *x);

/* Adds a finding for each bug, by the detector with that id. ERR_INVALID, with
 * a reason in *problem, when nothing was explored: err is what the explorer
 * complained of. */
enum err explored_findings(const struct explore_report *x, const char *detector,
                           const char *err, struct findings *findings,
                           char **problem);

/* What the search claims, whether it gave findings or none. */
void explored_claim(const struct explore_report *x, struct search_result *out);

#endif
