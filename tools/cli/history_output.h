/* How the history is told.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_HISTORY_OUTPUT_H
#define LOCKSTEP_CLI_HISTORY_OUTPUT_H

#include "formats/format.h"
#include "history/history.h"

#include <stdio.h>

/* A line for each run, the last one below, and the flaky cells; no line is
 * wider than width, 0 being without end. */
void history_print_runs(const struct run_infos *runs, const struct rates *rates,
                        const struct format_options *o, FILE *out);

/* A line for each cell: how often it was flagged, run by run. */
void history_print_rates(const struct rates *rates,
                         const struct format_options *o, FILE *out);

/* All of it. */
void history_print_json(const struct run_infos *runs, const struct rates *rates,
                        FILE *out);

#endif
