/* Measures all that the manifest of a case records: how often the failure shows
 * in plain runs, and what each detector says of each variant.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_MEASURE_H
#define LOCKSTEP_ENGINE_MEASURE_H

#include "engine/engine.h"
#include "model/record.h"

/* How often each build of a fix is run plainly, at most: to see that it holds,
 * not to estimate a rate. */
#define MEASURE_FIX_RUNS 20

struct measure_options {
    const struct engine_options *engine;
    unsigned plain;  /* runs of each build of a bug; 0: none, and the figures
                      * of the manifest stand */
    bool plain_only; /* no detector is run, and their entries stand */
};

struct measured {
    struct report report; /* its gate judges the record that is below, and the
                           * plain runs */
    struct record record; /* borrows from the corpus and the report */
    struct strv notes;    /* for people */
};

/* Measures the variants selected; the record is of the whole case, with what is
 * in the manifest where nothing was measured. The plain runs come first, one at
 * a time. A record must only be believed if report.gate.passed: a fix that
 * fails, a program that does not compile or ends in no proper way, a broken
 * detector fail it. ERR_OK, also when cancelled (report.cancelled);
 * ERR_NOSPACE, ERR_ACCESS...: out cannot be written, message in d.
 * measured_fini is owed either way. */
enum err measure_case(const struct measure_options *o,
                      const struct corpus *corpus, const struct selection *what,
                      struct measured *out, struct diag *d);
void measured_fini(struct measured *m);

#endif
