# `show` is a lesson: prose, the fix as a diff, the truth with its lines, and
# what each detector says with the reasons of the misses.
. "$(dirname "$0")/lib.sh"

expect 0 "$LOCKSTEP" show unlocked-counter
said "^  pattern: atomicity-violation, "
said "^Scenario"
said "^Diagnosis"
said "^--- buggy.c"
said "^\+.*pthread_mutex_lock"
said "data race on counter in buggy.c"
said "[0-9]+: counter\+\+;"
said "tsan-gcc +buggy +flagged"
expect 0 "$LOCKSTEP" show double-acquire
said "tsan-gcc +buggy +missed"
longest=$(awk '{ if (length > n) n = length } END { print n }' "$printed")
[ "$longest" -le 90 ] || fail "a line of $longest columns"
expect 0 "$LOCKSTEP" show --color always unlocked-counter
said "$(printf '\033')\[32m\+"
for id in $("$LOCKSTEP" list --json | jq -r '.[].case'); do
    expect 0 "$LOCKSTEP" show "$id"
done

expect 0 "$LOCKSTEP" show --fix unlocked-counter
said "^\+.*pthread_mutex_lock"
unsaid "^Scenario"
