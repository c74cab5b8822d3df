/* The kinds and roles that Valgrind's words stand for.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_VALGRIND_KIND_H
#define LOCKSTEP_DETECTORS_SUPPORT_VALGRIND_KIND_H

#include "model/finding.h"

/* native is the text of <kind>, what that of <what> or <xwhat>. */
enum kind valgrind_kind(const char *native, const char *what);

/* Of the first stack of an error. */
enum role valgrind_role(enum kind kind, const char *what,
                        const struct frames *stack);

/* Of a later stack, from the text before it; *previous is set. */
enum role valgrind_later_role(const char *aux, bool *previous);

/* "thread #3" or "thread 3" where the text names one, else NULL; caller's. */
char *valgrind_thread(const char *text);

/* The object that a text on an address names ("0 bytes inside data symbol
 * "counter""), else NULL; caller's. */
char *valgrind_object(const char *aux);

#endif
