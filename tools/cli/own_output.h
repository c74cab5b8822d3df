/* A report on a program of the user's own, in whatever form.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_OWN_OUTPUT_H
#define LOCKSTEP_CLI_OWN_OUTPUT_H

#include "cli/options.h"
#include "model/own_report.h"

/* Where `run --` and `check` keep the report as JSON for `lockstep baseline
 * update`: in the folder of the raw reports. Owned by the caller; NULL if
 * nothing ran. */
char *own_kept(const struct own_report *r);

/* Writes it there. */
enum err own_keep_json(const struct own_report *r);

/* Prints the report, if that is asked for, and writes the files of the options,
 * in this style. */
enum err own_print(const struct options *o, const struct format_options *style,
                   const struct own_report *r, bool print);

#endif
