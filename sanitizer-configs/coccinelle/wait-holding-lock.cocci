// A thread waits on a condition and holds another lock meanwhile, which whoever
// ends the wait may need.
// SPDX-License-Identifier: MIT
@finalize:python@
@@
def holding(held, lock, condition, p):
    if lock != held.lock:
        report("wait-holding-lock", held.lock + ", " + condition.lstrip("&"),
               "the thread waits with this lock held",
               at("holds", held.p), at("waits", p))


for h in helds:
    if h.call.name in WAITS:
        holding(h, h.call.args[1], h.call.args[0], h.call.p)
    for c in calls_in(h.call.name):
        if c.name in WAITS:
            holding(h, in_caller(c.args[1], h.call),
                    in_caller(c.args[0], h.call), c.p)
