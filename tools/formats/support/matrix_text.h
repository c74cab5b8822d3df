/* The matrix cases x detectors for a terminal.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_MATRIX_TEXT_H
#define LOCKSTEP_FORMATS_SUPPORT_MATRIX_TEXT_H

#include "formats/format.h"
#include "formats/support/style.h"

/* A row per case, the bug and its fix in one cell, a row for each further
 * variant, a column per wanted detector; then what the words mean. Letters
 * stand for the words where the terminal has no room for them. */
void matrix_text(const struct report *r, const struct format_options *o,
                 FILE *out);

/* How good the results of a bug and its fix are; either may be NULL. */
enum tone matrix_tone(const struct result *bug, const struct result *fix);

#endif
