# The tour goes round whole, and stops where something is not as it should be.
. "$(dirname "$0")/lib.sh"

expect 0 "$LOCKSTEP" tour --out "$work/out"
said '^# A data race, at both its lines'
said '^alive +tsan-gcc'
said 'note: previous write in work\(\)'
said '^\+.*pthread_mutex_lock'
said '^gate: passed: 0 results differ'
said '^condvar/lost-wakeup:buggy: BUG'
said '^condvar/lost-wakeup:fixed: VERIFIED'
said '^pthread-pool +gcc +1 '
said '^`lockstep check -- ./my_test`'

corpus "$work/c" data-race/unlocked-counter
expect 2 "$LOCKSTEP" tour --out "$work/out" --cases "$work/c"
said '`lockstep gate` ended with 2, not 0'
unsaid '^# What threads bring'
