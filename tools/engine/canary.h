/* Proves that a detector is alive before any of its verdicts is believed.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_CANARY_H
#define LOCKSTEP_ENGINE_CANARY_H

#include "detectors/detector.h"

struct canary_spec {
    const struct detector *detector;
    const struct detector_env *env;
    const char *version;
    const char *include_dir; /* holds case.h */
    const char *out;         /* folder for the cache and the raw reports */
    bool fresh;              /* run it, whatever is remembered */
};

/* Builds and runs one canary, or lets a static detector read it. NULL when it
 * came out right, else what is wrong (caller frees). A right result is
 * remembered for this boot and user of this computer, this build of Lockstep,
 * and the tool's version and options; a wrong one never is. */
char *canary_check(const struct canary_spec *s, const struct canary *canary);

#endif
