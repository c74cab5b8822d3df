/* Where a program finds its shared objects first.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_LIBRARY_PATH_H
#define LOCKSTEP_DETECTORS_SUPPORT_LIBRARY_PATH_H

#include "base/str.h"

#include <stdbool.h>

/* Whether the loader's list, which knows no quotes, can name dir. */
bool library_path_can(const char *dir);

/* Adds LD_LIBRARY_PATH to env: dir, then what the caller's own names. */
void library_path(const char *dir, struct strv *env);

#endif
