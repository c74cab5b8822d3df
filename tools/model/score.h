/* The score of a run: how often each detector was right, how exactly, and at
 * what cost. Filled by engine/score.c; only what was judged counts.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_SCORE_H
#define LOCKSTEP_MODEL_SCORE_H

#include "base/vec.h"

struct detector_report;
struct scenario_case;
struct variant;

/* k of n, and the 95 % interval of the proportion behind it; [0, 1] if n is
 * 0. */
struct share {
    unsigned k, n;
    double low, high;
};

/* How a detector did on some programs. Kernels count as fixes. */
struct tally {
    struct share recall; /* bugs flagged in every run, of the bugs */
    unsigned sometimes;  /* bugs flagged in some runs only */
    struct share alarms; /* fixes flagged in any run, of the fixes */
    struct share exact;  /* of the bugs flagged in every run: exactly so */
};

VEC_TYPE(tallies, struct tally);

/* Seconds, of the runs that came to a verdict. A factor compares the sum over
 * the programs that the baseline judged too, each at its mean; 0: unknown. */
struct cost {
    unsigned runs;
    double wall, cpu;
    double wall_median, cpu_median; /* of a run */
    double wall_factor, cpu_factor;
};

struct detector_score {
    const struct detector_report *detector;
    struct tally tally;
    struct cost cost;
};

VEC_TYPE(detector_scores, struct detector_score);

struct class_score {
    const char *class;
    unsigned bugs, fixes;   /* judged by any detector */
    struct tallies tallies; /* one for each of score.detectors */
};

VEC_TYPE(class_scores, struct class_score);

struct scored_bug {
    const struct scenario_case *c;
    const struct variant *variant;
};

VEC_TYPE(scored_bugs, struct scored_bug);

/* Pointers are borrowed from the report. */
struct score {
    struct detector_scores detectors; /* those wanted, in their order */
    struct class_scores classes;      /* as they come in the results */
    unsigned bugs, flagged; /* programs judged; flagged in any run by any */
    unsigned fixes, clean;  /* programs judged; clean under all that judged */
    struct scored_bugs unflagged;
    struct scored_bugs unjudged;            /* bugs without any verdict */
    unsigned judging;                       /* detectors that judged anything */
    const struct detector_report *baseline; /* of the costs, or NULL */
};

void score_fini(struct score *s);

#endif
