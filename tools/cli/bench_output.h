/* What lockstep bench prints and writes when all is measured.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_BENCH_OUTPUT_H
#define LOCKSTEP_CLI_BENCH_OUTPUT_H

#include "bench/compare.h"
#include "cli/bench_arguments.h"

/* Prints the reports unless the output is the table, which is there already;
 * saves them if a->save; and tells what changed since the old ones if
 * a->compare, on stderr where stdout has another format than the table.
 * Complaints go to stderr; ERR_IO if there was any. */
enum err bench_output(const struct bench_arguments *a,
                      const struct bench_reports *reports,
                      const struct bench_reports *old);

#endif
