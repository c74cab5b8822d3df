/* Stored runs, for the verbs that tell of them again.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_STORED_H
#define LOCKSTEP_CLI_STORED_H

#include "cli/options.h"

/* What --db means: a database, or the folder that it is in; NULL: the usual
 * one. Owned by the caller. */
char *stored_path(const struct options *o, const char *db);

/* Reads a run back (history_read) and asks what follows from it: the score,
 * and of a run that was broken off the gate. */
enum err stored_read(struct history *h, const char *id,
                     struct stored_report **out, struct diag *d);

/* Reads a run of a program of the user's own back (history_read_own), with what
 * formats are told of it. stored_own_fini is owed either way. */
enum err stored_read_own(struct history *h, const struct run_info *run,
                         struct stored_own *out, struct diag *d);
struct format_options stored_own_style(const struct format_options *o,
                                       struct stored_own *r);

/* The same options for a report that was read back: as its run would have been
 * printed, with the sources as they were. Borrows r. */
struct format_options stored_style(const struct format_options *o,
                                   struct stored_report *r);

#endif
