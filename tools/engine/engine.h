/* The engine: probes detectors, proves them alive, runs the matrix.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_ENGINE_H
#define LOCKSTEP_ENGINE_ENGINE_H

#include "base/diag.h"
#include "base/err.h"
#include "detectors/detector.h"
#include "history/history.h"
#include "model/report.h"

/* Which cell of the matrix to run. */
struct selection {
    const struct scenario_case *c;
    const struct variant *variant; /* NULL: all of the case */
};

VEC_TYPE(selections, struct selection);

struct engine_options {
    struct detector_env env;
    const char *include_dir; /* holds case.h */
    const char *out;         /* folder for the cache and the raw reports */
    struct strv detectors;   /* ids; empty: all */
    struct strv required;    /* ids that must be there and alive */
    unsigned jobs;           /* at least 1 */
    unsigned repeat;         /* runs per cell, at least 1 */
    double timeout;          /* seconds of a plain run */

    /* Where each result is kept as soon as it is there; NULL: nowhere. */
    struct history *history;
    const char *words;      /* what was asked for, for people */
    enum run_kind kind;     /* of the run that is kept */
    bool resume;            /* go on with the last such run if it was broken
                             * off */
    unsigned shard, shards; /* only this one of so many parts, from 1; 0, 0:
                             * all */

    /* Told of progress, never by two threads at a time. May be NULL. */
    void (*progress)(void *arg, size_t done, size_t total, const char *what);
    void *progress_arg;
};

/* Fills report->detectors with their names; none of them is asked for. */
void engine_list(struct report *report);

/* Fills report->host and report->detectors: each usable wanted detector proves
 * itself by its canaries. A right result of an earlier time is believed on the
 * same computer, for the same tools, options and build of Lockstep, unless
 * `fresh`. */
void engine_probe(const struct engine_options *o, bool fresh,
                  struct report *report);

/* Runs what is selected, after engine_probe on the same report:
 * adds a result per cell. ERR_OK, even if detectors broke: that is in the
 * results. ERR_NOSPACE, ERR_ACCESS...: out cannot be written, message in d.
 * With a history, report->run is the run's id; history_end is owed once gate
 * and score have spoken. A message in d beside ERR_OK tells that there was
 * nothing to resume. */
enum err engine_run(const struct engine_options *o, const struct corpus *corpus,
                    const struct selections *what, struct report *report,
                    struct diag *d);

#endif
