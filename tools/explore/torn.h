/* Of a failure that names no place itself, a wrong result or a failed
 * assertion: which accesses of one thread another one got between.
 *
 * Two accesses of a thread to one variable, with none of its own between them,
 * and one of another thread that came between: where no order of the two
 * threads, one after the other, would give all three what they got, they are
 * unserialisable (Lu et al., AVIO, ASPLOS 2006). In the schedule that fails,
 * with as few switches as could be had, that is where to look first; it is no
 * proof that the failure comes from there.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_TORN_H
#define LOCKSTEP_EXPLORE_TORN_H

#include "explore/explore.h"

/* Adds to out->places the three of such accesses in the events of s, in the
 * order in which they came: those that say most. None if
 * there are none, or the bug b has places of its own. p may be NULL. */
void torn_places(const struct shared *s, const struct bug *b, struct places *p,
                 struct explored_bug *out);

#endif
