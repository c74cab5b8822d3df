/* The check after the compilation: which functions of libraries the objects of
 * a program call, and stubs for those that the explorer does not know.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_STUBS_H
#define LOCKSTEP_EXPLORE_STUBS_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"

/* Writes, as assembly, a stub __wrap_NAME for each function NAME that the
 * objects leave undefined and that is neither in lib/explore.wrap nor in
 * lib/explore.harmless; it notes that it was called, and calls it; one of
 * lib/explore.refused ends the exploration instead. wrap gets
 * the linker's options for them. Objects that have no hooks are noted, too, and
 * the compiler. ERR_INVALID with a message in d when an object cannot be read.
 */
enum err stubs_write(const struct strv *objects, const char *compiler,
                     const char *lib, const char *source, const char *wrap,
                     struct diag *d);

#endif
