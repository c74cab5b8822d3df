// A lock is released twice with no lock in between: in one function, or the
// first time in a function that it calls and that does not take it.
// SPDX-License-Identifier: MIT
@then exists@
identifier f;
expression list es;
identifier unlock =~ "^(pthread_(mutex|rwlock|spin)|mtx)_unlock$";
identifier lock =~ "^(pthread_mutex_(try|timed)?lock|pthread_rwlock_(try)?(rd|wr)lock|pthread_spin_(try)?lock|mtx_(try|timed)?lock)$";
expression E;
position p, q;
@@
f@p(es)
... when != lock(E)
unlock@q(E)

@script:python@
f << then.f;
es << then.es;
E << then.E;
p << then.p;
q << then.q;
@@
before_unlock.append((Call(str(f), split(es), p[0]), plain(E), q[0]))

@finalize:python@
@@
def in_endless(p, q):
    """Whether the way from p to q is out of a loop that goes on for ever."""
    return p.current_element == q.current_element and any(
        s.inside == p.current_element and is_endless(s) and
        s.has(int(p.line)) and not s.has(int(q.line)) for s in loops)


def double_unlock(lock, p, again, q):
    same = (p.line, p.column) == (q.line, q.column)
    if lock == again and not same and not in_endless(p, q):
        report("double-unlock", lock, "the lock is released twice",
               at("locks", p), at("locks", q))


for first, lock, q in before_unlock:
    if first.name in UNLOCKS:
        double_unlock(first.args[0], first.p, lock, q)
        continue
    inner = calls_in(first.name)
    if not any(c.name in LOCKS + TRIES for c in inner):
        for c in inner:
            if c.name in UNLOCKS:
                double_unlock(in_caller(c.args[0], first), c.p, lock, q)
