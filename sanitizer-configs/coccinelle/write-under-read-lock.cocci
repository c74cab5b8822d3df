// What readers share is written under their lock, which others may hold as well:
// in the same function, or in one that it calls and that takes no lock. One that
// takes the write lock too may have done so first, and is left alone.
// SPDX-License-Identifier: MIT
@written exists@
expression E, X, V;
assignment operator o;
position p, q;
@@
pthread_rwlock_rdlock@p(E)
... when != pthread_rwlock_unlock(E)
    when any
(
X@q o V
|
X@q++
|
X@q--
)

@script:python@
E << written.E;
X << written.X;
q << written.q;
@@
under_read.append((plain(E), plain(X), q[0]))

@finalize:python@
@@
def under_read_lock(function, text, p):
    if not is_local(function, root(text)) or "->" in text:
        report("write-under-read-lock", root(text),
               "others may hold the read lock as well", at("write", p))


def upgrades(function, lock):
    return any(c.name == "pthread_rwlock_wrlock" and c.args[0] == lock
               for c in calls_in(function))


for lock, text, p in under_read:
    if not upgrades(p.current_element, lock):
        under_read_lock(p.current_element, text, p)
for h in helds:
    if "rdlock" not in h.how:
        continue
    if upgrades(h.call.inside, h.lock):
        continue
    for f in closure([h.call.name]):
        if any(c.name in LOCKS for c in calls_in(f)):
            continue
        for text, p in writes:
            if p.current_element == f:
                under_read_lock(f, text, p)
