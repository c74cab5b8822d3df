/* The report of a run: ownership.
 * SPDX-License-Identifier: MIT */
#include "model/report.h"

#include <stdlib.h>

bool report_skips(const struct report *r, const struct detector_report *d)
{
    for (size_t i = 0; i < r->results.n; i++)
        if (r->results.v[i].detector == d &&
            r->results.v[i].outcome == OUTCOME_SKIPPED)
            return true;
    return false;
}

bool result_died_as_recorded(const struct result *r)
{
    return r->outcome == OUTCOME_CRASHES && r->expected &&
           r->expected->verdict == VERDICT_CRASHES;
}

void result_fini(struct result *r)
{
    findings_fini(&r->findings);
    vec_fini(&r->costs);
    strv_fini(&r->natives);
    free(r->command);
    free(r->note);
    free(r->report_dir);
    free(r->claim_terms);
}

void checkout_copy(struct checkout *to, const struct checkout *from)
{
    *to = (struct checkout){.asked = from->asked,
                            .revision = str_dup(from->revision),
                            .branch = str_dup(from->branch),
                            .uri = str_dup(from->uri),
                            .changed = from->changed};
}

void checkout_fini(struct checkout *c)
{
    free(c->revision);
    free(c->branch);
    free(c->uri);
    *c = (struct checkout){0};
}

void report_fini(struct report *r)
{
    for (size_t i = 0; i < r->results.n; i++)
        result_fini(&r->results.v[i]);
    vec_fini(&r->results);
    for (size_t i = 0; i < r->detectors.n; i++) {
        free(r->detectors.v[i].version);
        free(r->detectors.v[i].problem);
        free(r->detectors.v[i].mend);
        free(r->detectors.v[i].no_openmp);
    }
    vec_fini(&r->detectors);
    free(r->run);
    checkout_fini(&r->checkout);
    free(r->host.system);
    free(r->host.cpu);
    strv_fini(&r->gate.failures);
    strv_fini(&r->gate.incomplete);
    score_fini(&r->score);
}

size_t report_program(const struct report *r, size_t i)
{
    size_t n = 1;
    while (i + n < r->results.n &&
           r->results.v[i + n].variant == r->results.v[i].variant)
        n++;
    return n;
}

const struct detector_report *report_detector(const struct report *r,
                                              const char *id)
{
    for (size_t i = 0; i < r->detectors.n; i++)
        if (str_eq(r->detectors.v[i].id, id))
            return &r->detectors.v[i];
    return NULL;
}
