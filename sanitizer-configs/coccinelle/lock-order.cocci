// Locks that are taken in a circle: one while another is held here, the other
// way round there. Two circles' edges that another lock guards cannot meet.
// SPDX-License-Identifier: MIT
@finalize:python@
@@
class Edge:
    def __init__(self, held, lock, p):
        self.held, self.lock, self.h, self.p = held.lock, lock, held, p
        self.guards = {g.lock for g in held_at(held.call)} - {held.lock}


def edges():
    found = []
    for h in helds:
        if h.call.name in LOCKS:
            found.append(Edge(h, h.call.args[0], h.call.p))
        for c in calls_in(h.call.name):
            if c.name in LOCKS:
                found.append(Edge(h, in_caller(c.args[0], h.call), c.p))
    return [e for e in found if e.held != e.lock]


def is_circle(path):
    guarded = set.intersection(*[e.guards for e in path])
    return path[-1].lock == path[0].held and not guarded


def circles(path, all_edges, found):
    if is_circle(path):
        found.append(path)
        return
    for e in all_edges:
        new = e.lock not in [x.held for x in path[1:]]
        if e.held == path[-1].lock and new and len(path) < 5:
            circles(path + [e], all_edges, found)


def swapped(edge):
    """Two parameters are locked; are they ever passed the other way round?"""
    f = edge.h.call.inside
    pairs = {(in_caller(edge.held, c), in_caller(edge.lock, c))
             for c in callers_of(f)}
    return any((b, a) in pairs for a, b in pairs if a != b)


order = edges()
rings = []
for e in order:
    circles([e], order, rings)
for ring in once(rings, lambda r: frozenset((e.held, e.lock) for e in r)):
    report("lock-order", ", ".join(e.held for e in ring),
           "locks are taken in a circle",
           *[x for e in ring for x in (at("holds", e.h.p), at("locks", e.p))])
for e in order:
    if not e.guards and swapped(e):
        report("lock-order", e.lock, "two locks are taken in either order",
               at("holds", e.h.p), at("locks", e.p))
