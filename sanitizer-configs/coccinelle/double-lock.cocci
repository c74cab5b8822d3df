// A thread takes a lock that it holds already: in the same function, or in one
// that it calls. A program that makes recursive mutexes is left alone, and so is
// a second read lock, which POSIX allows.
// SPDX-License-Identifier: MIT
@recursive@
symbol PTHREAD_MUTEX_RECURSIVE, mtx_recursive;
@@
\(PTHREAD_MUTEX_RECURSIVE\|mtx_recursive\)

@script:python depends on recursive@
@@
marks.add("recursive")

@finalize:python@
@@
def double_lock(held, how, lock, p):
    both_read = "rdlock" in held.how and "rdlock" in how
    if lock == held.lock and not both_read:
        report("double-lock", lock, "the lock is held already",
               at("holds", held.p), at("locks", p))


for h in helds:
    if "recursive" in marks:
        break
    if h.call.name in LOCKS:
        double_lock(h, h.call.name, h.call.args[0], h.call.p)
    for c in calls_in(h.call.name):
        if c.name in LOCKS:
            double_lock(h, c.name, in_caller(c.args[0], h.call), c.p)
