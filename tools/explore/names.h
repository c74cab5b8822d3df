/* The names of what the explorer finds, for people and for files.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_NAMES_H
#define LOCKSTEP_EXPLORE_NAMES_H

#include "explore/shared.h"

const char *bug_id(enum bug_kind k);
enum bug_kind bug_by_id(const char *id); /* BUG_NONE if there is none */
const char *doubt_text(enum doubt d);
const char *event_text(enum event_kind k);

/* The mode with that name; false if there is none. */
bool mode_by_id(const char *id, enum explore_mode *out);

#endif
