// The child of a process with threads takes a lock that another thread may have
// held when it was forked. Who holds it across the fork, or has handlers for
// it, is left alone.
// SPDX-License-Identifier: MIT
@finalize:python@
@@
def children(fork):
    """The calls that only the child makes."""
    spans = [s for s in ifs if s.inside == fork.inside and
             s.line >= fork.line and re.search(r"^!\w+$|==0$", s.head)]
    return [c for c in calls_in(fork.inside)
            if any(s.body_has(c.line) for s in spans)]


handled = any(c.name == "pthread_atfork" for c in calls)
for fork in [c for c in calls if c.name == "fork"]:
    if handled or not creations():
        break
    for c in children(fork):
        inner = [c] + [x for f in closure([c.name]) for x in calls_in(f)]
        for x in inner:
            if x.name in LOCKS and not any(
                    member(h.lock) == member(x.args[0])
                    for h in held_at(fork)):
                report("fork-then-lock", x.args[0],
                       "another thread may have held it when the child was "
                       "forked", at("locks", x.p))
