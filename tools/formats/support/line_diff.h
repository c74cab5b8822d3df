/* Which lines of two texts are the same, so that they can be shown side by
 * side.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_LINE_DIFF_H
#define LOCKSTEP_FORMATS_SUPPORT_LINE_DIFF_H

#include "formats/support/source.h"

/* A row of the two: lines from 1, 0 where there is none on that side. */
struct line_pair {
    int left, right;
    bool same;
};

VEC_TYPE(line_pairs, struct line_pair);

/* Adds all lines of both in their order, as many as can be beside one that is
 * the same (a longest common subsequence). Files so long that this would take
 * long are paired line by line. */
void line_diff(const struct source *left, const struct source *right,
               struct line_pairs *out);

#endif
