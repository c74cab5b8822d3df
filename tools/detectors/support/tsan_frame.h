/* One frame of a ThreadSanitizer report, as TSAN_FRAMES asks for it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_TSAN_FRAME_H
#define LOCKSTEP_DETECTORS_SUPPORT_TSAN_FRAME_H

#include "model/finding.h"

#include <stdbool.h>
#include <stddef.h>

/* Reads "number|function|file|line|column|module" in s[0..n) into f, zeroed,
 * whose strings are the caller's; what the runtime does not know stays NULL or
 * 0. False, and f untouched, when it is no frame. */
bool tsan_frame(const char *s, size_t n, struct frame *f);

#endif
