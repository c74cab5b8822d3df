/* What gcc 12's analyser does not know of the C library: that sigaction
 * installs a handler. It knows it of signal, where it sees the handler's name;
 * for that the action must not leave the function, and the optimiser do its
 * part. SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_GCC_ANALYZER_MODEL_H
#define LOCKSTEP_GCC_ANALYZER_MODEL_H

#include <signal.h>

static inline __attribute__((always_inline)) int
lockstep_sigaction(int number, const struct sigaction *action,
                   struct sigaction *old)
{
    if (old)
        old->sa_handler = SIG_DFL;
    if (!action)
        return 0;
    return signal(number, action->sa_handler) == SIG_ERR ? -1 : 0;
}

#define sigaction(number, action, old) lockstep_sigaction(number, action, old)

#endif
