/* What Helgrind and DRD have in common: how a program is built and run under
 * Valgrind, and its XML, protocol 4 (docs/internals/xml-output-protocol4.txt
 * of Valgrind), read as a stream: what came before a KILL counts.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_VALGRIND_H
#define LOCKSTEP_DETECTORS_SUPPORT_VALGRIND_H

#include "detectors/detector.h"

struct valgrind {
    const char *id;   /* of the detector */
    const char *tool; /* Valgrind's name of it */
    bool posix_only;  /* a program dies in thrd_create under it */
};

/* What a report was found to be. */
struct valgrind_report {
    bool begun;    /* it has Valgrind's root element */
    bool complete; /* and its end */
};

void valgrind_probe(const struct valgrind *v, struct detector_status *s);

const char *valgrind_unsupported(enum model m);

/* As detector's prepare. */
void valgrind_prepare(const struct valgrind *v, const struct detector_env *env,
                      const struct target *target, const char *report_dir,
                      struct launch *l);

/* As detector's parse. */
enum err valgrind_parse(const struct valgrind *v, const struct run_output *o,
                        struct findings *findings, char **problem);

/* Adds the complete errors of one report; never fails, r tells what it was.
 * With named, addresses of globals are looked up in the program that the
 * report names, if it was linked with -no-pie. */
void valgrind_parse_xml(const char *detector, const char *text, size_t n,
                        bool named, struct findings *findings,
                        struct valgrind_report *r);

#endif
