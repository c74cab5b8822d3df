/* The findings of several runs of one program under several detectors, each
 * told once, with who saw it and how often.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_MERGED_H
#define LOCKSTEP_MODEL_MERGED_H

#include "model/fingerprint.h"

/* One finding of one run. */
struct observation {
    struct finding finding; /* owned */
    const char *under;      /* id of the detector that the program ran under */
    unsigned run;           /* number of that run */
};

VEC_TYPE(observations, struct observation);

/* Who saw a finding, and in how many of the runs under which detector: the
 * watchdog speaks in runs under others too. */
struct sighting {
    char *detector;    /* owned */
    const char *under; /* borrowed */
    unsigned runs;
    unsigned last; /* the latest run that counted, from 1; while merging */
};

VEC_TYPE(sightings, struct sighting);

struct merged_finding {
    struct finding finding; /* of all that were told, the one that knows most,
                             * with the object that any of them names */
    struct sightings seen;  /* by detector */
    struct landmarks landmarks;
    char *fingerprint;
    bool one_sided;     /* one place is known, and may mean any pair with it */
    bool known;         /* a baseline has it */
    const char *reason; /* that the baseline gives, or NULL; borrowed from it */
};

VEC_TYPE(merged_findings, struct merged_finding);

/* Fills out, by file, line and kind, from observations in the order of their
 * runs; they are moved from and l is empty after. Two are the same if
 * finding_same says so, or if one knows a single place (of DRD, or as
 * a stack was lost) and the other has it. */
void merge_observations(struct observations *l, struct merged_findings *out);

/* Sets what follows from the finding itself: landmarks, fingerprint, one_sided.
 */
void merged_describe(struct merged_finding *m);

/* The place that it is told at, or NULL. Borrowed. */
const struct frame *merged_place(const struct merged_finding *m);

void merged_finding_fini(struct merged_finding *m);
void merged_findings_fini(struct merged_findings *l);

#endif
