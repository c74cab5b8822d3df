/* The line on a terminal that tells how far the engine is.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_PROGRESS_H
#define LOCKSTEP_CLI_PROGRESS_H

#include "engine/engine.h"

/* From now on the engine's progress is shown on stderr, if that is a terminal.
 */
void progress_show(struct engine_options *o);

/* Wipes the line out, before anything else is printed. */
void progress_clear(const struct engine_options *o);

#endif
