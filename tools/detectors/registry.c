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
