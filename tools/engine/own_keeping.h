/* What the history keeps of a run of a program of the user's own. Internal to
 * the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_OWN_KEEPING_H
#define LOCKSTEP_ENGINE_OWN_KEEPING_H

#include "engine/own_cell.h"

/* A hash of what is run: the program, its arguments, the detector. Owned by the
 * caller; NULL if the program cannot be read. */
char *own_key(const struct own_cell *cell);

/* Keeps the report in the history of the engine's options, if there is one,
 * with the sources that it tells of. */
enum err own_keep(const struct own_spec *o, struct own_report *report,
                  struct diag *d);

#endif
