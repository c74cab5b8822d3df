/* What a reader knows of an event: the name of its object, and its values.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_STORY_WORDS_H
#define LOCKSTEP_EXPLORE_STORY_WORDS_H

#include "explore/event.h"
#include "explore/places.h"

/* "`counter`", "8 bytes of the heap", "thread 2's stack": what is at an
 * address, in the words of an event of that kind. The caller frees it. */
char *story_object(struct places *p, enum event_kind kind, uint64_t address);

/* "0", "0 -> 1", or NULL where no value is known. The caller frees it. */
char *story_value(const struct event *e);

#endif
