/* `lockstep cc`: the compiler driver whose programs explore themselves. It is
 * called as `cc` is: what compiles is compiled with the hooks of
 * ThreadSanitizer, what links is linked with the runtime of the explorer
 * instead of its. SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_DRIVER_H
#define LOCKSTEP_EXPLORE_DRIVER_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"

struct driver {
    const char *compiler; /* gcc, clang-19, or a path to one of them */
    const char *lib;      /* the folder with liblockstep-explore.a */
};

/* Compiles and links as argv (without argv[0]) says; *code is the exit status
 * that the caller should have. What the compiler prints is left to go where it
 * goes. ERR_UNSUPPORTED with messages in d for what cannot be explored at all,
 * such as a shared library. */
enum err driver_run(const struct driver *o, char *const *argv, int *code,
                    struct diag *d);

/* The commands that driver_run would run, one list each, added to commands by
 * pairs of words and a NULL between: for tests and for people. */

#endif
