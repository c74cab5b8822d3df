/* The command line of what runs a program of the user's own.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_OWN_ARGUMENTS_H
#define LOCKSTEP_CLI_OWN_ARGUMENTS_H

#include "cli/options.h"
#include "engine/own.h"

/* Zero-initialise. */
struct own_arguments {
    struct options shared;
    bool builds;
    const char *program; /* behind "--"; NULL: there is none. Points to argv */
    struct strv args;
    const char *build;    /* as given, or NULL; points to argv */
    const char *baseline; /* the same */
    int exit_code;
    struct strv suppression_ids, suppression_files; /* in pairs */
    char *source_dir;
};

/* Ends the program with 2 on a bad option and with 0 on --help; the options are
 * those of run, or with a->builds of check. own_arguments_fini is owed. */
void own_arguments_parse(struct own_arguments *a, int argc, char **argv);
void own_arguments_fini(struct own_arguments *a);

/* Fills spec, whose list of suppressions the caller frees. ERR_INVALID with
 * messages in d for what the parser cannot see. */
enum err own_arguments_spec(const struct own_arguments *a,
                            struct own_spec *spec, struct diag *d);

#endif
