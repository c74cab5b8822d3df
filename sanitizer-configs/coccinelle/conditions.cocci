// Condition variables: waits that an `if` guards, or nothing; without the lock;
// until a time that is no time of day; one condition with many locks; a signal
// with no lock in sight.
// SPDX-License-Identifier: MIT
@finalize:python@
@@
def in_loop(c):
    return [s for s in loops if s.inside == c.inside and s.has(c.line)]


def in_if(c):
    """The innermost; one that was entered on a result alone asks nothing."""
    found = [s for s in ifs if s.inside == c.inside and s.body_has(c.line)]
    return found[-1] if found else None


waits = [c for c in calls if c.name in WAITS and len(c.args) > 1]
for c in waits:
    guard = in_if(c)
    if in_loop(c):
        continue
    if guard:
        report("wait-under-if", re.findall(r"\w+", guard.head)[0],
               "what was waited for is not asked for again",
               at("access", guard.p), at("waits", c.p))
    else:
        report("wait-without-predicate", c.args[0],
               "the signal may have come before the wait",
               at("waits", c.p))


def has_lock(call, lock):
    return any(h.lock == lock for h in held_at(call))


for c in waits:
    lock = c.args[1]
    if has_lock(c, lock):
        continue
    if any(x.name in LOCKS + TRIES and x.args and x.args[0] == lock and
           x.line < c.line for x in calls_in(c.inside)):
        continue
    if any(not has_lock(x, in_caller(lock, x)) for x in callers_of(c.inside)):
        report("wait-without-lock", c.args[0], "the caller has not the lock",
               at("waits", c.p))

CLOCKS = ("clock_gettime", "timespec_get", "gettimeofday", "time")
for c in waits:
    end = c.args[2] if len(c.args) > 2 else ""
    told = any(x.name in CLOCKS for x in calls_in(c.inside))
    if end.startswith("&") and is_local(c.inside, root(end)) and not told:
        report("relative-timeout", c.args[0],
               "the end of the wait is not reckoned from any clock",
               at("waits", c.p))

for c in waits:
    of_many = re.search(r"->|\[", c.args[1]) is not None
    of_all = re.search(r"->|\[", c.args[0]) is None and not is_local(
        c.inside, root(c.args[0]))
    if of_many and of_all:
        report("shared-condition", c.args[0],
               "one condition for the locks of many objects",
               at("waits", c.p))

guards = {member(c.args[0]): member(c.args[1]) for c in waits}
for c in calls:
    guard = guards.get(member(c.args[0])) if c.args else None
    if c.name not in SIGNALS or not guard:
        continue
    around = [c] + callers_of(c.inside)
    near = [x for f in {c.inside} | {x.inside for x in around}
            for x in calls_in(f)]
    if not any(x.name in LOCKS + TRIES and member(x.args[0]) == guard
               for x in near):
        report("signal-unlocked", c.args[0],
               "what is signalled was not changed under the lock",
               at("access", c.p))
