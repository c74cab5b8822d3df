/* Messages on their way to the user: what is wrong, where, and what to do.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BASE_DIAG_H
#define LOCKSTEP_BASE_DIAG_H

#include "base/str.h"

/* Each text is one complete message, "file:line: what; what to do" where a
 * place is known. Only the cli prints them. Zero-initialise. */
struct diag {
    struct strv messages;
};

void diag_fini(struct diag *d);

/* file may be NULL; line 0 is "no line". */
void diag_at(struct diag *d, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
#define diag_add(d, ...) diag_at(d, NULL, 0, __VA_ARGS__)

#endif
