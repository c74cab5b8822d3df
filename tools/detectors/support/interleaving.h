/* The schedule that fails, for people: one line for each step.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_INTERLEAVING_H
#define LOCKSTEP_DETECTORS_SUPPORT_INTERLEAVING_H

#include "base/err.h"
#include "detectors/support/explored.h"

/* The file, beside the raw reports; the page of HTML shows it at once. */
#define INTERLEAVING_FILE "interleaving.txt"

/* Writes into dir the steps of each bug that was found; no file if there is
 * none. */
enum err interleaving_write(const struct explore_report *x, const char *dir);

#endif
