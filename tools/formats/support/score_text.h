/* The score for a terminal.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_SCORE_TEXT_H
#define LOCKSTEP_FORMATS_SUPPORT_SCORE_TEXT_H

#include "formats/format.h"

/* How right each detector was, at what cost, in which class; then the bugs that
 * none flags. Each table begins with an empty line. */
void score_text(const struct report *r, const struct format_options *o,
                FILE *out);

#endif
