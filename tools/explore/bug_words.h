/* The places of a bug, in words.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_BUG_WORDS_H
#define LOCKSTEP_EXPLORE_BUG_WORDS_H

#include "explore/explore.h"

/* Adds the places of b to out->places; p may be NULL. */
void bug_words(const struct shared *s, const struct bug *b, struct places *p,
               struct explored_bug *out);

/* Adds one place. */
void bug_words_place(const struct bug *b, const struct bug_place *at,
                     struct places *p, struct explored_bug *out);

#endif
