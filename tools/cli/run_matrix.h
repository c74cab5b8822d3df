/* What `run` and `gate` share: everything but the last word.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_RUN_MATRIX_H
#define LOCKSTEP_CLI_RUN_MATRIX_H

#include "model/report.h"

#include <stdbool.h>

/* Programs whose findings are told when no case is named. */
#define MOST_PROGRAMS 10

/* Parses argv, runs the matrix, prints the report; the exit code. With gate,
 * what differs from the record is told and decides the exit code. */
int run_matrix(int argc, char **argv, const char *doc, bool gate);

/* The command line but for --resume: what a run is known by. Owned by the
 * caller. */
char *run_words(int argc, char **argv);

/* The exit code of a report that is judged. */
int run_exit_code(const struct report *r, bool gate);

#endif
