/* Runs a suite that is not ours under detectors, and scores them.
 *
 * What counts is a data race that is reported in any of the runs of a program.
 * The intervals of recall, precision and accuracy are Wilson's
 * (engine/score.h); that of F1 = 2 TP / (2 TP + FP + FN) follows from the one
 * of the proportion J = TP / (TP + FP + FN), of which it is a rising function,
 * 2 J / (1 + J). SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_SUITE_H
#define LOCKSTEP_ENGINE_SUITE_H

#include "engine/engine.h"
#include "model/suite_report.h"

/* Borrowed. */
struct suite_spec {
    const struct engine_options *engine; /* its repeat counts; its timeout where
                                          * a program has none */
    const struct suite *suite;
    const struct suite_programs *programs;
    const char *file;   /* of the manifest, for the report */
    const char *root;   /* absolute */
    bool timeout_given; /* the engine's goes before that of a program */
};

/* Fills report, empty before; suite_report_fini is owed whatever is returned.
 * ERR_OK, also when cancelled; ERR_NOSPACE, ERR_ACCESS...: the folder `out`
 * cannot be written, message in d. */
enum err suite_run(const struct suite_spec *s, struct suite_report *report,
                   struct diag *d);

/* Fills report->scores, empty before, from the results. */
void suite_score(struct suite_report *report);

#endif
