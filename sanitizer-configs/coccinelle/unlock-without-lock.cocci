// A path on which a function releases a lock that it takes on another path only.
// Where the lock is taken again afterwards, the caller had it.
// SPDX-License-Identifier: MIT
@both exists@
identifier f;
identifier lock =~ "^(pthread_mutex_(try|timed)?lock|pthread_rwlock_(try)?(rd|wr)lock|pthread_spin_(try)?lock|mtx_(try|timed)?lock)$";
identifier unlock =~ "^(pthread_(mutex|rwlock|spin)|mtx)_unlock$";
expression E;
@@
f(...)
{
... when any
lock(E)
... when any
unlock(E)
... when any
}

@without exists@
identifier both.f, both.unlock;
expression both.E;
identifier lock =~ "^(pthread_mutex_(try|timed)?lock|pthread_rwlock_(try)?(rd|wr)lock|pthread_spin_(try)?lock|mtx_(try|timed)?lock)$";
position p;
@@
f(...)
{
... when != lock(E)
unlock@p(E)
... when != lock(E)
}

@script:python@
E << both.E;
p << without.p;
@@
unlocked.append((plain(E), p[0]))

@finalize:python@
@@
for lock, p in unlocked:
    if not passes_by(p.current_element, int(p.line),
                     lambda c: c.name in LOCKS + TRIES and c.args[0] == lock):
        report("unlock-without-lock", lock, "the lock may not be held here",
               at("locks", p))
