/* Compares what was measured with what is recorded.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_GATE_H
#define LOCKSTEP_ENGINE_GATE_H

#include "model/report.h"

/* Fills report->gate but for `asked`, and `differs` of each result. It fails
 * when a fix has a finding or did not run, a bug is flagged worse or better
 * than recorded, nothing is recorded, no run has a report that is recorded by
 * its name, or a program dies under a detector, or no longer does, unlike
 * recorded; it is incomplete when a detector is broken, or missing though
 * required; or what a search claims is not what is recorded, be it more, nor,
 * of a fix that is not verified, the reason. A recorded rate is refuted when
 * Fisher's exact test gives less than 0.001 for its runs and the measured ones;
 * where it is not by runs that never flagged the bug, these need not have the
 * reports. What was cancelled has not passed. */
void gate_judge(struct report *report);

/* What was measured refutes the rate of e, a `sometimes`. */
bool gate_refutes_rate(const struct expectation *e, const struct result *r);

#endif
