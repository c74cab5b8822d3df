/* What changed between two reports.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_CHANGES_H
#define LOCKSTEP_FORMATS_SUPPORT_CHANGES_H

#include "model/report.h"

enum direction {
    CHANGE_WORSE,
    CHANGE_BETTER,
    CHANGE_OTHER, /* a verdict came or went, or neither is better */
    CHANGE_NEW,   /* before is NULL */
    CHANGE_GONE,  /* after is NULL */
};

/* One cell with another outcome or grade; of a program of the user's own, also
 * one with other findings. Borrowed from the reports. */
struct change {
    const struct result *before, *after;
    enum direction direction;
};

VEC_TYPE(changes, struct change);

/* Adds the changes, by direction, then in the order of the results. Cells are
 * the same if case, variant and detector are called the same. vec_fini is
 * owed. */
void changes_find(const struct report *before, const struct report *after,
                  struct changes *out);

const char *change_word(enum direction d);

#endif
