// Nobody asks whether the lock was got.
// SPDX-License-Identifier: MIT
@discarded@
identifier try =~ "^(pthread_mutex_(try|timed)lock|pthread_rwlock_(try|timed)(rd|wr)lock|pthread_spin_trylock|mtx_(try|timed)lock|sem_trywait|sem_timedwait)$";
expression E;
position p;
@@
(
 try@p(E, ...);
|
 (void)try@p(E, ...);
)

@script:python@
E << discarded.E;
p << discarded.p;
@@
report("unchecked-trylock", plain(E), "nobody asks whether it was got",
       at("locks", p[0]))
