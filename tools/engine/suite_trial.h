/* One program of a suite under one detector. Internal to the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_SUITE_TRIAL_H
#define LOCKSTEP_ENGINE_SUITE_TRIAL_H

#include "engine/pool.h"
#include "engine/suite.h"

/* Builds the program in the folder cache, runs it as often as s says, its raw
 * reports below run_dir, and fills in r, of which program and detector are
 * given. ERR_OK, or why the folders could not be written. */
enum err suite_try(const struct suite_spec *s, const char *cache,
                   const char *run_dir, struct suite_result *r,
                   struct slot *slot);

#endif
