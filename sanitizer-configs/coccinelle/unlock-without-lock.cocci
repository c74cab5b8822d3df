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
report("unlock-without-lock", plain(E), "the lock may not be held here",
       at("locks", p[0]))
