/* clang 19 gives no hooks to the elements and members of a local array or
 * structure, also where another thread has got its address: it asks whether the
 * pointer to the element is handed on, not whether the variable is.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_CAPTURED_H
#define LOCKSTEP_EXPLORE_CAPTURED_H

#include "base/buf.h"

/* Appends the LLVM assembly of a unit, in which elements are reached by a
 * pointer of which clang does not know what it points to, and each weak
 * compare-and-exchange is told to the runtime: its hook is that of a strong
 * one. */
void captured_mend(const char *assembly, struct buf *out);

#endif
