/* A report on a program of the user's own for a terminal.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_OWN_TEXT_H
#define LOCKSTEP_CLI_OWN_TEXT_H

#include "formats/format.h"
#include "model/own_report.h"

/* The detectors as a table, the findings by place as compilers print theirs,
 * what the baseline has and was not seen, the verdict. kept is where the report
 * is as JSON, or NULL. */
void own_text(const struct own_report *r, const char *kept,
              const struct format_options *o, FILE *out);

#endif
