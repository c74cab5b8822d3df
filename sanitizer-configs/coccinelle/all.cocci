// All of them, as `lockstep` runs them, in this order.
// SPDX-License-Identifier: MIT
#include "report.cocci"
#include "facts.cocci"
#include "atomics.cocci"
#include "blocking-under-lock.cocci"
#include "conditions.cocci"
#include "double-lock.cocci"
#include "double-unlock.cocci"
#include "ends.cocci"
#include "fork-then-lock.cocci"
#include "free-while-locked.cocci"
#include "handlers.cocci"
#include "join-under-lock.cocci"
#include "lock-order.cocci"
#include "missing-unlock.cocci"
#include "sections.cocci"
#include "thread-leak.cocci"
#include "threads.cocci"
#include "time-of-check.cocci"
#include "unchecked-trylock.cocci"
#include "unlock-without-lock.cocci"
#include "wait-holding-lock.cocci"
#include "write-under-read-lock.cocci"

@finalize:python@
@@
print_reports()
