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

/* The result of p under d; NULL if there is none, or no p. */
const struct result *program_result(const struct program *p,
                                    const struct detector_report *d);

/* The variant of that name among the programs p[0, n) of a case, or NULL. */
const struct program *program_called(const struct program *p, size_t n,
                                     const char *name);

/* How many programs from i on are of one case. */
size_t programs_of_case(const struct programs *l, size_t i);

#endif
