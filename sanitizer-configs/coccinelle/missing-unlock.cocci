// A path out of a function on which a lock stays locked that another path
// releases. A lock whose result is looked at may not have been taken: those are
// left alone.
// SPDX-License-Identifier: MIT
@asked@
identifier lock =~ "^(pthread_mutex_lock|pthread_rwlock_(rd|wr)lock|pthread_spin_lock|mtx_lock)$";
expression E, V;
position p;
statement S;
@@
(
if (<+... lock@p(E) ...+>) S
|
V = lock@p(E)
)

@released exists@
identifier lock =~ "^(pthread_mutex_lock|pthread_rwlock_(rd|wr)lock|pthread_spin_lock|mtx_lock)$";
expression E;
position p != asked.p;
@@
lock@p(E)
...
\(pthread_mutex_unlock\|pthread_rwlock_unlock\|pthread_spin_unlock\|mtx_unlock\)(E)

@leak exists@
identifier lock;
expression released.E;
position released.p, r;
@@
lock@p(E)
... when != \(pthread_mutex_unlock\|pthread_rwlock_unlock\|pthread_spin_unlock\|mtx_unlock\)(E)
return@r ...;

@script:python@
E << released.E;
p << released.p;
r << leak.r;
@@
leaks.append((plain(E), p[0], r[0]))

@exit exists@
identifier lock;
identifier out =~ "^(pthread_exit|thrd_exit)$";
expression released.E;
position released.p, r;
@@
lock@p(E)
... when != \(pthread_mutex_unlock\|pthread_rwlock_unlock\|pthread_spin_unlock\|mtx_unlock\)(E)
out@r(...)

@script:python@
E << released.E;
p << released.p;
r << exit.r;
@@
report("missing-unlock", plain(E), "the thread ends with the lock held",
       at("holds", p[0]), at("access", r[0]))

@finalize:python@
@@
def released_by_callee(lock, p, r):
    return any(c.name in UNLOCKS and in_caller(c.args[0], call) == lock
               for call in calls_in(p.current_element)
               if int(p.line) < call.line <= int(r.line)
               for c in calls_in(call.name))


for lock, p, r in leaks:
    if not released_by_callee(lock, p, r):
        report("missing-unlock", lock, "the function returns with the lock held",
               at("holds", p), at("access", r))
