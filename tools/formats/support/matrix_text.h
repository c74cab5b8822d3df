/* The matrix cases x detectors for a terminal.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_MATRIX_TEXT_H
#define LOCKSTEP_FORMATS_SUPPORT_MATRIX_TEXT_H

#include "formats/format.h"

/* A row per case, the bug and its fix in one cell, a row for each further
 * variant, a column per wanted detector; then what the words mean. Letters
 * stand for the words where the terminal has no room for them. */
void matrix_text(const struct report *r, const struct format_options *o,
                 FILE *out);

#endif
