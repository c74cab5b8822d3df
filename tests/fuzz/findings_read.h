/* What must hold of any reader of reports, whatever it is given.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FUZZ_FINDINGS_READ_H
#define LOCKSTEP_FUZZ_FINDINGS_READ_H

#include "model/finding.h"

#include <stdlib.h>

/* Each finding is whole; frees them. */
static inline void findings_are_whole(struct findings *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (!l->v[i].message || !l->v[i].native ||
            !finding_same(&l->v[i], &l->v[i]))
            abort();
    findings_fini(l);
}

/* The report was read, or there is a reason why not; frees both. */
static inline void findings_are_read(enum err e, struct findings *l,
                                     char *problem)
{
    if ((e == ERR_OK) != (problem == NULL))
        abort();
    free(problem);
    findings_are_whole(l);
}

#endif
