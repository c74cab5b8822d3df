/* Where a run keeps its raw reports: OUT/runs/<time>-<pid>/.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_STORE_H
#define LOCKSTEP_ENGINE_STORE_H

#include "base/err.h"

/* Makes the folder of a new run (*dir, owned by the caller) and removes the
 * oldest ones beyond the last ten, but never one whose process still lives. */
enum err store_new_run(const char *out, char **dir);

#endif
