/* Finding out what is installed.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_PROBE_H
#define LOCKSTEP_DETECTORS_SUPPORT_PROBE_H

#include "detectors/detector.h"

/* The first line that the command prints on stdout, or NULL when it cannot be
 * run, fails, or prints nothing. Takes at most ten seconds. */
char *probe_line(const char *const *argv);

/* Fills s->version from `command --version`. Without the command: s->problem,
 * s->mend, and false. */
bool probe_command(const char *command, const char *mend,
                   struct detector_status *s);

/* Says that path, which what describes, is not there. */
void probe_missing(struct detector_status *s, const char *what,
                   const char *path, const char *mend);

/* Whether `compiler -print-file-name=NAME` knows the file. */
bool probe_runtime(const char *compiler, const char *name);

#endif
