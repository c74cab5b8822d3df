// A thread is joined under a lock that threads take: it may wait for the lock,
// while it is waited for.
// SPDX-License-Identifier: MIT
@finalize:python@
@@
taken = {member(c.args[0]) for f in threaded() for c in calls_in(f)
         if c.name in LOCKS}
for h in helds:
    if h.call.name in JOINS and member(h.lock) in taken:
        report("join-under-lock", h.lock,
               "the thread that is joined may wait for this lock",
               at("holds", h.p), at("waits", h.call.p))
