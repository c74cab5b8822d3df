/* Builds a project of the user's for one detector, beside the project: in a
 * folder that the command names by {builddir}, else in a copy of the project
 * without what an earlier build left in it (ELF objects and programs, folders
 * with a CMakeCache.txt), .git and the like.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_OWN_BUILD_H
#define LOCKSTEP_ENGINE_OWN_BUILD_H

#include "base/diag.h"
#include "detectors/detector.h"

/* Borrowed. */
struct own_build_spec {
    const struct detector *detector;
    const struct detector_env *env;
    const char *command;    /* with places, see engine/own_command.h */
    const char *source_dir; /* absolute; of the project */
    const char *out;        /* absolute; Lockstep's folder */
    enum model model;       /* of the program, if that is known already */
};

/* Strings owned. */
struct own_build {
    char *dir;     /* where it was built, absolute */
    char *copy_of; /* the project that dir is a copy of, or NULL: it is none */
    char *failure; /* what the command said when it failed, its last lines */
    double seconds;
};

/* The folder where the spec's build goes, owned by the caller: one for each
 * project, command and detector. */
char *own_build_dir(const struct own_build_spec *s);

/* ERR_OK; ERR_INVALID with out->failure, or with messages in d for a command
 * that cannot be filled in; ERR_CANCELLED; ERR_NOSPACE, ERR_ACCESS...: the
 * folder cannot be written. own_build_fini is owed in each case. */
enum err own_build_run(const struct own_build_spec *s, struct own_build *out,
                       struct diag *d);
void own_build_fini(struct own_build *b);

/* What to build a project with that names no command, by the files in dir; or
 * NULL. Static. */
const char *own_build_guess(const char *dir);

#endif
