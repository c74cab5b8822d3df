/* Accesses that the compilers' pass for ThreadSanitizer leaves out: those of
 * gcc to structures that are passed or returned by value, those of clang to
 * such parameters, to long doubles and wide vectors, and what memcpy and memset
 * become where they are built in.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_UNHOOKED_H
#define LOCKSTEP_EXPLORE_UNHOOKED_H

#include "base/buf.h"

/* Appends the assembly of a unit with calls of the runtime before each of
 * them. What is on the thread's own stack and is reached by its frame or its
 * stack pointer stays as it is. A call too many does no harm. */
void unhooked_mend(const char *assembly, struct buf *out);

#endif
