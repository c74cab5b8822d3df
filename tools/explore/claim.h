/* What may be said of a program after it was explored: never more than was
 * shown.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_CLAIM_H
#define LOCKSTEP_EXPLORE_CLAIM_H

#include "base/str.h"
#include "explore/shared.h"

enum claim {
    EXPLORED_BUG,       /* there is one, and a schedule that shows it */
    EXPLORED_VERIFIED,  /* every schedule was covered; none fails */
    EXPLORED_BOUNDED,   /* all were covered but for a bound, or with a doubt */
    EXPLORED_NOT_FOUND, /* it was cut short: nothing found so far */
};

/* What it is, and why it is no more: the reasons are added to why, one text
 * each. For VERIFIED these are the terms under which it holds. */
enum claim claim_of(const struct shared *s, struct strv *why);

const char *claim_id(enum claim v);

#endif
