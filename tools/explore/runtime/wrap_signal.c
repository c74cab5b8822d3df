/* Signals: whether a write to a pipe that nobody reads ends the program is
 * known; all else raises a doubt.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/bug.h"
#include "explore/runtime/state.h"

#include <signal.h>

__sighandler_t __wrap_signal(int number, __sighandler_t handler);
__sighandler_t __wrap_signal(int number, __sighandler_t handler)
{
    bool known = handler == SIG_IGN || handler == SIG_DFL;
    struct state *s = state();
    if (!active())
        return signal(number, handler);
    if (number != SIGPIPE || !known) {
        doubt(DOUBT_UNMODELLED, "signal");
        return signal(number, handler);
    }
    __sighandler_t before = s->sigpipe_ignored ? SIG_IGN : SIG_DFL;
    s->sigpipe_ignored = handler == SIG_IGN;
    return before;
}

int __wrap_sigaction(int number, const struct sigaction *new,
                     struct sigaction *old);
int __wrap_sigaction(int number, const struct sigaction *new,
                     struct sigaction *old)
{
    if (!active())
        return sigaction(number, new, old);
    if (number != SIGPIPE || !new || old || new->sa_handler != SIG_IGN) {
        doubt(DOUBT_UNMODELLED, "sigaction");
        return sigaction(number, new, old);
    }
    state()->sigpipe_ignored = true;
    return 0;
}
