/* The function that a thread waits in, as its source would name it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_WAIT_FUNCTION_H
#define LOCKSTEP_DETECTORS_SUPPORT_WAIT_FUNCTION_H

#include "detectors/support/waits.h"

#include <stdbool.h>

struct wait_function {
    const char *name; /* static; "pthread_mutex_lock" */
    enum wait_kind kind;
};

/* Looks on the stack, else in the source at the user's own frame. A pragma sets
 * the kind only, since it is no call. False, and out as it was, when there is
 * no such function. */
bool wait_function_of(const struct thread *t, struct wait_function *out);

#endif
