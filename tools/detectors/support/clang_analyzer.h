/* The results of clang's static analyzer as findings.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_CLANG_ANALYZER_H
#define LOCKSTEP_DETECTORS_SUPPORT_CLANG_ANALYZER_H

#include "base/err.h"
#include "model/finding.h"

#define CLANG_ANALYZER_ID "clang-analyzer"

/* Adds what the SARIF text[0..n) tells. ERR_INVALID with a reason in *problem
 * (owned by the caller) when it is none. */
enum err clang_analyzer_parse(const char *text, size_t n,
                              struct findings *findings, char **problem);

#endif
