/* What may be said of a program after it was explored: never more than was
 * shown.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_VERDICT_H
#define LOCKSTEP_EXPLORE_VERDICT_H

#include "base/str.h"
#include "explore/shared.h"

enum verdict_of {
    EXPLORED_BUG,       /* there is one, and a schedule that shows it */
    EXPLORED_VERIFIED,  /* every schedule was covered; none fails */
    EXPLORED_BOUNDED,   /* all were covered but for a bound, or with a doubt */
    EXPLORED_NOT_FOUND, /* it was cut short: nothing found so far */
};

/* What it is, and why it is no more: the reasons are added to why, one text
 * each. For VERIFIED these are the terms under which it holds. */
enum verdict_of verdict_of(const struct shared *s, struct strv *why);

const char *verdict_of_id(enum verdict_of v);

#endif
