/* Checks a manifest against the sources beside it. Internal to the model.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_CHECK_H
#define LOCKSTEP_MODEL_CHECK_H

#include "model/corpus.h"

/* ERR_INVALID, with a message in d for each mistake: twins, labels, variants,
 * detectors, reasons. text is the manifest's, for the line numbers. */
enum err case_check(const struct scenario_case *c, const char *text, size_t n,
                    const struct strv *detectors, struct diag *d);

/* The same for a kernel's `bench` entry: base, workloads, sweep. */
enum err bench_check(const struct scenario_case *c, const char *text, size_t n,
                     struct diag *d);

#endif
