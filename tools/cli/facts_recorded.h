/* What is recorded of a detector, as lists of cases.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_FACTS_RECORDED_H
#define LOCKSTEP_CLI_FACTS_RECORDED_H

#include "cli/facts.h"
#include "detectors/detector.h"

/* Prints which bugs d flags and misses, which fixes it flags, and what it
 * cannot judge, in Markdown. */
void facts_recorded(const struct facts *f, const struct detector *d, FILE *out);

#endif
