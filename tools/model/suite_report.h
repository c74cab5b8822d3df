/* What came of running a suite that is not ours. Filled by the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_SUITE_REPORT_H
#define LOCKSTEP_MODEL_SUITE_REPORT_H

#include "model/report.h"
#include "model/suite.h"

/* All runs of one program under one detector. Strings owned. */
struct suite_result {
    size_t program; /* index */
    const struct detector_report *detector;
    enum outcome outcome; /* FLAGGED: a race in any run; MISSED: in none, of a
                           * racy program; FALSE_ALARM, CLEAN: the same of a
                           * clean one; HANG, TIMEOUT, CRASHES: no race was
                           * reported, and a run did not end by itself;
                           * BUILD_FAILED, ERROR, UNSUPPORTED, SKIPPED,
                           * CANCELLED; NO_TOKEN: nobody knows what is true */
    unsigned runs;
    unsigned flagged; /* runs with a race */
    unsigned exact;   /* runs with a race whose places are all racy lines */
    double seconds, cpu, build_seconds;
    char *note; /* why there is no verdict, or NULL */
};

VEC_TYPE(suite_results, struct suite_result);

/* How right a detector was, over what it judged: FLAGGED, MISSED, FALSE_ALARM,
 * CLEAN. Intervals are of 95 %. */
struct suite_score {
    const struct detector_report *detector;
    unsigned hits, misses, alarms, cleans; /* TP, FN, FP, TN */
    unsigned hangs, timeouts, crashes, unbuilt, errors, unsupported, untold;
    struct share recall, precision, accuracy;
    double f1, f1_low, f1_high; /* f1 < 0: there is none */
    struct share exact; /* hits with a race at racy lines, of those whose lines
                         * are told */
    double seconds, cpu, build_seconds; /* of all runs, one after another */
};

VEC_TYPE(suite_scores, struct suite_score);

/* Zero-initialise; what is const is borrowed. */
struct suite_report {
    struct report base; /* host, detectors, gate, timing, cancelled */
    const struct suite *suite;
    const char *file, *root;
    const struct suite_programs *programs;
    unsigned repeat;
    struct suite_results results; /* by program, then detector */
    struct suite_scores scores;
};

void suite_report_fini(struct suite_report *r);

#endif
