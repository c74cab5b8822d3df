/* Places of findings as the user knows them. Internal to the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_OWN_PLACE_H
#define LOCKSTEP_ENGINE_OWN_PLACE_H

#include "model/finding.h"

/* Makes every file that is there an absolute path without links and dots, so
 * that all detectors tell it alike: a relative one is looked for in build_dir
 * (NULL: none) and in the current folder. Where build_dir is a copy of the
 * folder copy_of (NULL: it is none), its files become those of the original. */
void own_places(struct findings *l, const char *build_dir, const char *copy_of);

#endif
