/* What came of running a program of the user's own under detectors.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_OWN_REPORT_H
#define LOCKSTEP_MODEL_OWN_REPORT_H

#include "model/baseline.h"
#include "model/merged.h"
#include "model/report.h"
#include "model/suppressed.h"

/* All runs under one detector. Strings owned. */
struct own_result {
    const struct detector_report *detector;
    enum outcome outcome; /* FLAGGED or SOMETIMES: it has findings, in all or
                           * some runs; CLEAN; HANG, TIMEOUT and CRASHES
                           * without any; NO_TOKEN: only the program's own exit
                           * code is another one than it must be;
                           * BUILD_FAILED, ERROR, UNSUPPORTED, SKIPPED,
                           * CANCELLED */
    unsigned runs;        /* that came to a verdict */
    unsigned flagged;     /* with findings by whomever */
    unsigned hung, timed_out;
    unsigned died;        /* of a signal, or for its hunger of memory */
    unsigned failed;      /* ended with another exit code than it must */
    unsigned broken;      /* in which the detector broke: no verdict */
    char *ended;          /* how the first that died or failed did, or NULL */
    char *note;           /* why there is no verdict, or NULL */
    const char *hint;     /* what makes the reports worse, or NULL; static */
    char *command;        /* shell line of one run, or NULL */
    char *report_dir;     /* raw reports of run n: with ".n", or NULL */
    double seconds, cpu;  /* of all runs */
    double build_seconds; /* of its build; 0: it was not built here */
    struct suppressed_list suppressed; /* of all runs */
    char *key; /* a hash of what was run, or NULL; in the history only */
};

VEC_TYPE(own_results, struct own_result);

/* Zero-initialise. */
struct own_report {
    struct report base;   /* host, detectors, gate, timing, cancelled; its
                           * results are what formats write: those below, of
                           * the one program of corpus, without known
                           * findings */
    struct corpus corpus; /* made up */
    char *program;        /* as it was named */
    char *source_dir;     /* of the project, absolute */
    struct strv args;
    char *build; /* the command, or NULL: it was built already */
    struct own_results results;
    struct merged_findings findings;
    size_t new_findings;
    struct baseline *baseline; /* borrowed, or NULL; what the findings have is
                                * seen */
    const char *baseline_path; /* borrowed, or NULL */
};

void own_report_fini(struct own_report *r);

#endif
