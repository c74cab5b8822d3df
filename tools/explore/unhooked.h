/* Accesses that the compilers' pass for ThreadSanitizer leaves out: those of
 * gcc to structures that are passed or returned by value, those of clang to
 * such parameters, to long doubles and wide vectors, and what memcpy and memset
 * become where they are built in.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_UNHOOKED_H
#define LOCKSTEP_EXPLORE_UNHOOKED_H

#include "base/buf.h"

#include <stdbool.h>

/* Appends the assembly of a unit with calls of the runtime before each of
 * them. What is in the function's own frame stays as it is where no other
 * thread can know of it. A call too many does no harm. */
void unhooked_mend(const char *assembly, bool clang, struct buf *out);

#endif
