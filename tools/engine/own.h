/* Runs a program of the user's own under detectors: one that is built already,
 * or one that is built for each of them.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_OWN_H
#define LOCKSTEP_ENGINE_OWN_H

#include "engine/engine.h"
#include "model/own_report.h"

/* Suppressions of the user's for one detector. Borrowed. */
struct own_suppressions {
    const char *detector; /* id */
    const char *file;     /* absolute path */
};

/* Borrowed. */
struct own_spec {
    const struct engine_options *engine;
    const char *program; /* as on a command line; where it is built, relative
                          * to the folder of the build */
    const struct strv *args;
    const char *build;      /* the command (engine/own_command.h), or NULL: the
                             * program is built already */
    const char *source_dir; /* absolute; of the project */
    int exit_code;          /* that the program must end with */
    VEC(struct own_suppressions) suppressions;
    struct baseline *baseline; /* or NULL */
    const char *baseline_path; /* the same */
    bool fresh;                /* canaries are run anew */
};

/* Fills report, empty before; own_report_fini is owed whatever is returned.
 * The gate of report->base fails on a finding that the baseline has not, on a
 * hang that no finding explains, a program that is too slow, dies, ends with
 * another exit code or cannot be built; it is incomplete where a detector is
 * broken, or cannot judge though required. The report is kept in the engine's
 * history, if it has one. ERR_OK, also when cancelled;
 * ERR_INVALID, ERR_NOENT: no such program, or a bad build command, with
 * messages in d; ERR_NOSPACE, ERR_ACCESS...: the folder `out` cannot be
 * written, message in d. */
enum err own_run(const struct own_spec *o, struct own_report *report,
                 struct diag *d);

/* The folder of the raw reports; owned by the caller; NULL if nothing ran. */
char *own_run_dir(const struct own_report *report);

#endif
