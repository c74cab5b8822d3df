/* A replay under gdb.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_GDB_H
#define LOCKSTEP_EXPLORE_GDB_H

#include "base/diag.h"
#include "base/err.h"

/* Runs gdb in this terminal on the program of a trace, which replays it and
 * stops where the bug is told; *code is gdb's exit status. */
enum err gdb_run(const char *trace, int *code, struct diag *d);

#endif
