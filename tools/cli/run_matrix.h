/* What `run` and `gate` share: everything but the last word.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_RUN_MATRIX_H
#define LOCKSTEP_CLI_RUN_MATRIX_H

#include <stdbool.h>

/* Parses argv, runs the matrix, prints the report; the exit code. With gate,
 * what differs from the record is told and decides the exit code. */
int run_matrix(int argc, char **argv, const char *doc, bool gate);

#endif
