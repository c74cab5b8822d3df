/* The words of a compiler's command that every detector has in common.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_SOURCE_H
#define LOCKSTEP_DETECTORS_SUPPORT_SOURCE_H

#include "detectors/detector.h"

/* Adds, unless the program is the user's own, the programming model's flag, the
 * folder of case.h, the source, and the libraries, which must come after it. */
void source_words(const struct target *t, struct strv *command);

/* For a detector that knows POSIX threads only: adds the folder whose threads.h
 * makes POSIX threads of a C11 program's. */
void source_threads(const struct detector_env *env, const struct target *t,
                    struct strv *command);

#endif
