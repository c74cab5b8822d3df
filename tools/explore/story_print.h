/* A story as lines of text, 80 columns wide.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_STORY_PRINT_H
#define LOCKSTEP_EXPLORE_STORY_PRINT_H

#include "explore/story.h"

/* Appends what each thread did, with its source as far as there is room. `>`
 * marks a switch of threads, `!` one that interrupts. */
void story_print(const struct story_lines *l, bool color, struct buf *out);

#endif
