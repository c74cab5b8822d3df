/* What gcc 12's analyser cannot know of the C library: that sigaction installs
 * a handler, as signal does.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_GCC_ANALYZER_MODEL_H
#define LOCKSTEP_GCC_ANALYZER_MODEL_H

#include <signal.h>

static inline __attribute__((always_inline)) int
lockstep_sigaction(int number, const struct sigaction *new,
                   struct sigaction *old)
{
    if (new)
        signal(number, new->sa_handler);
    return sigaction(number, new, old);
}

#define sigaction(number, new, old) lockstep_sigaction(number, new, old)

#endif
