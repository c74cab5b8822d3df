/* The score of a run: ownership.
 * SPDX-License-Identifier: MIT */
#include "model/score.h"

void score_fini(struct score *s)
{
    for (size_t i = 0; i < s->classes.n; i++)
        vec_fini(&s->classes.v[i].tallies);
    vec_fini(&s->classes);
    vec_fini(&s->detectors);
    vec_fini(&s->unflagged);
    vec_fini(&s->unjudged);
}
