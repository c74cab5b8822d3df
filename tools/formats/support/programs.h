/* The programs of a report, and whose findings are told.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_PROGRAMS_H
#define LOCKSTEP_FORMATS_SUPPORT_PROGRAMS_H

#include "model/report.h"

/* One program: results first[0, n), one for each detector. Borrowed. */
struct program {
    const struct result *first;
    size_t n;
    bool found;   /* has findings */
    bool differs; /* from the record, under some detector */
    bool chosen;
};

VEC_TYPE(programs, struct program);

/* In the order of the results. vec_fini is owed. */
void programs_list(const struct report *r, struct programs *out);

/* Chooses at most `most` (0: all) of those with findings: first those that
 * differ, then one of each class, then the others. Returns how many are left
 * out. */
size_t programs_choose(struct programs *l, size_t most);

#endif
