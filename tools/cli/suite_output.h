/* What lockstep suite prints.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_SUITE_OUTPUT_H
#define LOCKSTEP_CLI_SUITE_OUTPUT_H

#include "formats/format.h"
#include "model/suite_report.h"

/* For people: how it was run, the score, its cost, what was not judged. */
void suite_text(const struct suite_report *r, const struct format_options *o,
                FILE *out);

/* A row for each program and detector, as RFC 4180 has it, with a header. */
void suite_csv(const struct suite_report *r, FILE *out);

/* One object; docs/json.md describes it. */
void suite_json(const struct suite_report *r, FILE *out);

#endif
