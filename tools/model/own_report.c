/* What a report on a program of the user's own owns.
 * SPDX-License-Identifier: MIT */
#include "model/own_report.h"

#include <stdlib.h>

static void own_result_fini(struct own_result *r)
{
    free(r->ended);
    free(r->note);
    free(r->key);
    free(r->command);
    free(r->report_dir);
    suppressed_fini(&r->suppressed);
}

void own_report_fini(struct own_report *r)
{
    for (size_t i = 0; i < r->results.n; i++)
        own_result_fini(&r->results.v[i]);
    vec_fini(&r->results);
    merged_findings_fini(&r->findings);
    strv_fini(&r->args);
    free(r->program);
    free(r->source_dir);
    free(r->build);
    report_fini(&r->base);
    corpus_fini(&r->corpus);
}
