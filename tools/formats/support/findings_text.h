/* Findings as compilers print theirs: path:line:col: warning: ... [id]
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_FINDINGS_TEXT_H
#define LOCKSTEP_FORMATS_SUPPORT_FINDINGS_TEXT_H

#include "formats/format.h"

/* The findings of results[0, n), all of one variant; what several
 * detectors said is told once, with all their ids. At most `most` of them, then
 * how many more there are. */
void findings_text(const struct result *results, size_t n, size_t most,
                   const struct format_options *o, FILE *out);

/* One finding, with what is to stand in its brackets: who said so. */
void finding_text(const struct finding *f, const char *ids,
                  const struct format_options *o, FILE *out);

#endif
