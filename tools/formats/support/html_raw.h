/* Raw reports of detectors, and how much of them a page has room for.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_HTML_RAW_H
#define LOCKSTEP_FORMATS_SUPPORT_HTML_RAW_H

#include "base/str.h"
#include "model/report.h"

/* The files of one run of a result: of the first with a report. */
struct raw_report {
    char *dir; /* or NULL: there is nothing to show */
    unsigned run;
    struct strv names;
    VEC(size_t) sizes;
};

VEC_TYPE(raw_reports, struct raw_report);

/* Adds one for each result. Of fixes that are clean nothing is shown. */
void raw_reports_find(const struct report *r, struct raw_reports *out);
void raw_reports_fini(struct raw_reports *l);

/* The most bytes of each file with which all together take no more than
 * budget. */
size_t raw_reports_share(const struct raw_reports *l, size_t budget);

#endif
