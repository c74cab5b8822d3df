/* coverage.yaml: the ids that the cases of a corpus should have between them.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_WANTED_H
#define LOCKSTEP_MODEL_WANTED_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"

/* One id that some case should have. */
struct wanted_id {
    char *id;        /* as manifests write it */
    char *title;     /* of a rule or a weakness; else NULL */
    char *uncovered; /* why no case has it, or NULL */
    int line;        /* in the file */
};

/* What some detectors can report, by their own names. */
struct wanted_reports {
    char **detectors;
    unsigned detectors_count;
    struct wanted_id *kinds;
    unsigned kinds_count;
};

struct wanted {
    struct wanted_id *cert;
    unsigned cert_count;
    struct wanted_id *cwe;
    unsigned cwe_count;
    struct wanted_id *patterns;
    unsigned patterns_count;
    struct wanted_reports *reports;
    unsigned reports_count;
};

/* Reads text, the content of file, into *out (wanted_free). detectors are the
 * ids that it may name. ERR_INVALID, with messages in d that name file and
 * line: an unknown key, an id that is none or that stands twice. */
enum err wanted_read(const char *file, const char *text, size_t n,
                     const struct strv *detectors, struct wanted **out,
                     struct diag *d);
void wanted_free(struct wanted *w);

#endif
