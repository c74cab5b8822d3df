/* Where a run keeps its raw reports: OUT/runs/<time>-<pid>/.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_STORE_H
#define LOCKSTEP_ENGINE_STORE_H

#include "base/err.h"

/* Removes from folder `cache` what was last used over 30 days ago, and what a
 * build that was killed over an hour ago left half made. */
void store_prune_cache(const char *cache);

/* Makes the folder of a new run (*dir, owned by the caller) and removes the
 * oldest ones beyond the last ten, but never one whose process still lives, or
 * whose lock is held. */
enum err store_new_run(const char *out, char **dir);

/* The folder of the run called id, made if it is gone. */
enum err store_old_run(const char *out, const char *id, char **dir);

/* The file in the folder of a run that its process keeps locked. */
#define STORE_LOCK "lock"

/* Names the run of now: "20260102-030405-678", the time and this process. Owned
 * by the caller. */
char *store_run_id(void);

#endif
