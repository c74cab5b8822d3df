/* The messages of clang's thread-safety analysis as findings.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_THREAD_SAFETY_H
#define LOCKSTEP_DETECTORS_SUPPORT_THREAD_SAFETY_H

#include "detectors/detector.h"

#define THREAD_SAFETY_ID "clang-thread-safety"

/* The path of cases/thread_safety.h beside the configurations; caller frees. */
char *thread_safety_header(const struct detector_env *env);

/* Adds the warnings of text[0..n), what clang printed as SARIF. failed: it did
 * not end with 0, so that an error is expected in it. ERR_INVALID with a reason
 * in *problem (owned by the caller) when the source could not be read. */
enum err thread_safety_parse(const char *text, size_t n, bool failed,
                             struct findings *findings, char **problem);

#endif
