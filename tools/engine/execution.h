/* Runs one program once under one detector, or lets a static one read its
 * source, and parses what it reported.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_EXECUTION_H
#define LOCKSTEP_ENGINE_EXECUTION_H

#include "detectors/detector.h"
#include "engine/pool.h"

/* How a run ended. */
enum run_end {
    RUN_ENDED,     /* by itself; see token and signal. A static detector's
                    * run that is not cancelled always did */
    RUN_HUNG,      /* blocked for ever, stopped by us */
    RUN_TIMEOUT,   /* stopped by us while not blocked */
    RUN_MEMORY,    /* took more memory than a case may */
    RUN_CANCELLED, /* interrupted by the user */
};

/* What the program itself said last. */
enum token { TOKEN_NONE, TOKEN_HELD, TOKEN_BROKEN };

struct execution {
    enum run_end end;
    enum token token;
    int signal;               /* that ended it, or 0 */
    int code;                 /* its exit status, if RUN_ENDED without signal */
    bool died;                /* of a fault, be it with the detector */
    struct findings findings; /* by the detector, and by any that was told of
                               * the hang */
    char *problem;            /* not NULL: the detector broke, no verdict */
    enum claimed claim;       /* by a search that found nothing */
    char *claim_terms;        /* or NULL */
    double wall, cpu;
};

struct execution_spec {
    const struct detector *detector;
    const struct detector_env *env;
    const struct target *target;
    const char *program;    /* NULL for a static detector */
    const char *report_dir; /* made by execution_run; keeps the raw reports */
    double timeout;         /* seconds of a plain run */
    struct slot *slot;      /* told when the program only waits; may be NULL */
};

/* ERR_OK when the program was run, execution_fini is owed. Otherwise nothing
 * was: ERR_NOSPACE and the like. */
enum err execution_run(const struct execution_spec *spec,
                       struct execution *out);
void execution_fini(struct execution *r);

/* The same as one shell line, for people. Caller frees. */
char *execution_command_line(const struct execution_spec *spec);

#endif
