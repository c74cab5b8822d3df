/* Colours and paths of what people read.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_STYLE_H
#define LOCKSTEP_FORMATS_SUPPORT_STYLE_H

#include <stdbool.h>
#include <stdio.h>

enum tone { TONE_PLAIN, TONE_GOOD, TONE_BAD, TONE_WARN, TONE_DIM, TONE_BOLD };

/* The escape sequence that starts a tone (TONE_PLAIN: ends it), or "". */
const char *style(bool color, enum tone t);

/* Prints what comes from a report or a program, mended (escape_mend), so that
 * it cannot drive the terminal. NULL prints nothing. */
void style_text(const char *s, FILE *out);

/* How many columns that takes, each character being one. */
size_t style_width(const char *s);

/* path without the current folder in front, if it is under it; borrowed. */
const char *style_path(const char *path);

#endif
