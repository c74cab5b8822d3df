/* The words of a compiler's command that every detector has in common.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_SOURCE_H
#define LOCKSTEP_DETECTORS_SUPPORT_SOURCE_H

#include "detectors/detector.h"

/* Adds the programming model's flag, the folder of case.h, the source, and the
 * libraries, which must come after it. */
void source_words(const struct target *t, struct strv *command);

#endif
