/* Findings of several detectors, each bug told once.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_GROUPS_H
#define LOCKSTEP_FORMATS_SUPPORT_GROUPS_H

#include "base/str.h"
#include "model/report.h"

/* One bug, told by the finding that knows most, and all who said so. */
struct group {
    const struct finding *finding;
    const struct result *result; /* that has it */
    const char *object; /* as the first one names it that does, or NULL */
    struct strv detectors;
    enum grade grade; /* the best of all; GRADE_NONE: they have none */
    bool differs;     /* a result that has it differs from the record */
};

/* Borrows from the results. */
VEC_TYPE(groups, struct group);

/* Adds the findings of results[0, n), which are of one program. */
void groups_add(struct groups *l, const struct result *results, size_t n);
void groups_fini(struct groups *l);

/* It is graded, and not as the bug that is recorded. */
bool group_is_other(const struct group *g);

#endif
