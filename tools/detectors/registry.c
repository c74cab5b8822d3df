/* Finding a detector by its id, and what its structures own.
 * SPDX-License-Identifier: MIT */
#include "detectors/detector.h"

#include <stdlib.h>

const struct detector *detector_by_id(const char *id)
{
    for (const struct detector *const *d = detectors; *d; d++)
        if (str_eq((*d)->id, id))
            return *d;
    return NULL;
}

const char *detector_unsupported(const struct detector *d, enum model m)
{
    if (m == MODEL_MPI)
        return "its processes are started by mpirun and share no memory; no "
               "detector here follows them";
    return d->unsupported ? d->unsupported(m) : NULL;
}

void detector_status_fini(struct detector_status *s)
{
    free(s->version);
    free(s->problem);
    free(s->mend);
    free(s->no_openmp);
    *s = (struct detector_status){0};
}

void launch_fini(struct launch *l)
{
    strv_fini(&l->compile);
    strv_fini(&l->prefix);
    strv_fini(&l->env);
}
