/* From what was measured to what a manifest is to record.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_RECORDING_H
#define LOCKSTEP_ENGINE_RECORDING_H

#include "model/record.h"
#include "model/report.h"

/* Fills out->expect, which must be empty, for the case c: what the report has
 * results for as they say, all else as the manifest has it. Detectors that say
 * the same of a variant share an entry. What the manifest has keeps its place
 * and order as far as it is still true, and its reason if verdict and grade are
 * the same; a reason that is needed and not known is REASON_UNKNOWN. A recorded
 * rate stays as it is when the runs were all of one kind and do not refute it.
 * Adds to notes what a person should know of that. The report and the corpus
 * must outlive out. */
void recording_of(const struct report *report, const struct scenario_case *c,
                  struct record *out, struct strv *notes);

#endif
