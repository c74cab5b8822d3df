/* Runs one program once under one detector and parses what it reported.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_RUN_H
#define LOCKSTEP_ENGINE_RUN_H

#include "detectors/detector.h"

/* How a run ended. */
enum run_end {
    RUN_ENDED,     /* by itself; see token and signal */
    RUN_HUNG,      /* blocked for ever, stopped by us */
    RUN_TIMEOUT,   /* stopped by us while not blocked */
    RUN_MEMORY,    /* took more memory than a case may */
    RUN_CANCELLED, /* interrupted by the user */
};

/* What the program itself said last. */
enum token { TOKEN_NONE, TOKEN_HELD, TOKEN_BROKEN };

struct run {
    enum run_end end;
    enum token token;
    int signal;               /* that ended it, or 0 */
    struct findings findings; /* by the detector, and by any that was told of
                               * the hang */
    char *problem;            /* not NULL: the detector broke, no verdict */
    double wall, cpu;
};

struct run_spec {
    const struct detector *detector;
    const struct detector_env *env;
    const struct target *target;
    const char *program;
    const char *report_dir; /* made by run_once; keeps the raw reports */
    double timeout;         /* seconds of a plain run */
};

/* ERR_OK when the program was run, run_fini is owed. Otherwise nothing was:
 * ERR_NOSPACE and the like. */
enum err run_once(const struct run_spec *spec, struct run *out);
void run_fini(struct run *r);

/* The same as one shell line, for people. Caller frees. */
char *run_command_line(const struct run_spec *spec);

#endif
