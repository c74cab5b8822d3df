// What was read in one critical section is acted upon in another one, though it
// may have changed in between: if (is_free(x)) take(x); put(get() + 1).
// SPDX-License-Identifier: MIT
@taken@
type T;
identifier v;
expression E;
position p;
@@
(
T v = E@p;
|
v = E@p
)

@script:python@
v << taken.v;
E << taken.E;
p << taken.p;
@@
results.append((str(v), plain(E), p[0]))

@finalize:python@
@@
def section(f):
    """The lock of a function that is one critical section, or None."""
    inner = calls_in(f)
    locks = {c.args[0] for c in inner if c.name in LOCKS}
    frees = [c for c in inner if c.name in UNLOCKS]
    return locks.pop() if len(locks) == 1 and frees else None


def guarded(f):
    """Where the section reads or writes what is not its own."""
    inner = calls_in(f)
    first = min(c.line for c in inner if c.name in LOCKS)
    last = max(c.line for c in inner if c.name in UNLOCKS)

    def within(p):
        return p.current_element == f and first < int(p.line) < last

    found = [("read", shared(f, e), p) for v, e, p in results if within(p)]
    found += [("write", shared(f, x), p) for x, p in writes if within(p)]
    return [g for g in found if g[1]]


def shared(f, text):
    """The global variables and members of others in an expression."""
    found = set()
    for m in re.findall(r"[A-Za-z_]\w*(?:(?:->|\.)\w+)*", text):
        if "->" in m:
            found.add(m.split(">")[-1])
        elif not is_local(f, root(m)):
            found.add(root(m))
    return found


def decides(first, then):
    """Whether the result of the first call leads to the second, or into it."""
    for s in ifs:
        if s.inside == first.inside and first.name + "(" in s.head and (
                s.line == first.line) and then.line >= s.line:
            return True
    return any(re.search(r"\b%s\b" % v, a) for v, e, p in results
               if p.current_element == first.inside and
               e.startswith(first.name + "(") and int(p.line) == first.line
               for a in then.args)


found = []
for first in calls:
    for then in calls_in(first.inside):
        if then.line <= first.line or first.name == then.name:
            continue
        lock = section(first.name)
        if not lock or section(then.name) is None or held_at(first):
            continue
        if in_caller(lock, first) != in_caller(section(then.name), then):
            continue
        if decides(first, then):
            found.append((first, then))
for first, then in found:
    for how, what, p in guarded(first.name):
        for how2, what2, q in guarded(then.name):
            if how == "read" and what & what2:
                thing = min(what & what2)
                report("split-section",
                       thing if thing in variables.get(thing, ()) else None,
                       "it may have changed between the two sections",
                       at(how, p), at(how2, q))
