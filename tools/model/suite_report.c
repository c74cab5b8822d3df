/* What a report on a suite owns.
 * SPDX-License-Identifier: MIT */
#include "model/suite_report.h"

#include <stdlib.h>

void suite_report_fini(struct suite_report *r)
{
    for (size_t i = 0; i < r->results.n; i++)
        free(r->results.v[i].note);
    vec_fini(&r->results);
    vec_fini(&r->scores);
    report_fini(&r->base);
}
