/* Build commands of the user's with places to be filled in:
 *   {cc} {cxx}    the compilers of C and C++
 *   {cflags}      flags that compile for the detector
 *   {ldflags}     those of them that the linker must have too
 *   {builddir}    a folder of this build's own
 *   {detector}    the detector's id
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_OWN_COMMAND_H
#define LOCKSTEP_ENGINE_OWN_COMMAND_H

#include "base/diag.h"
#include "base/str.h"

/* Borrowed. */
struct own_words {
    const char *detector;
    const char *compiler;      /* of C */
    const struct strv *cflags; /* compiler's flags */
    const char *build_dir;
};

bool own_command_has(const char *command, const char *placeholder);

/* The shell line with the places filled in, owned by the caller. Several flags
 * are one word each where the place stands alone between blanks, and one word
 * all together where it is part of another (CFLAGS={cflags}); inside of quotes
 * they go as they are. NULL with a message in d if a place has another name. */
char *own_command_fill(const char *command, const struct own_words *w,
                       struct diag *d);

/* The flags among cflags that a linker needs. */
void own_command_ldflags(const struct strv *cflags, struct strv *out);

/* The compiler of C++ that belongs to one of C: g++, clang++-19. Owned by the
 * caller. */
char *own_command_cxx(const char *cc);

#endif
