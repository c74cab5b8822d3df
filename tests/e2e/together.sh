# Two Locksteps at a time, on one folder: both are whole, and neither goes on with
# the run that the other is at.
. "$(dirname "$0")/lib.sh"

corpus "$work/c" data-race/unlocked-counter
set -- "$LOCKSTEP" gate --cases "$work/c" --out "$work/out" \
    --detector tsan-gcc,watchdog --repeat 30

"$@" >"$work/first" 2>&1 </dev/null &
pid=$!
until "$LOCKSTEP" history --db "$work/out" 2>/dev/null | grep -q " going on "; do
    kill -0 $pid 2>/dev/null || fail "it ended by itself: $(cat "$work/first")"
    sleep 0.1
done
expect 0 "$@" --resume
said "no such run to go on with"
said "^gate: passed"
code=0
wait $pid || code=$?
[ $code -eq 0 ] || fail "exit code $code of the first: $(cat "$work/first")"
grep -q "^gate: passed" "$work/first" || fail "the first has not passed"
expect 0 "$LOCKSTEP" history --db "$work/out"
[ "$(grep -c " passed " "$printed")" -eq 2 ] || fail "not two runs that passed"

# Killed, it is no longer at it.
"$@" >"$work/first" 2>&1 </dev/null &
pid=$!
until "$LOCKSTEP" history --db "$work/out" | grep -q " going on "; do
    kill -0 $pid 2>/dev/null || fail "it ended by itself: $(cat "$work/first")"
    sleep 0.1
done
kill -KILL $pid
wait $pid 2>/dev/null || :
expect 0 "$LOCKSTEP" history --db "$work/out"
said " broken off "
expect 0 "$@" --resume
unsaid "no such run to go on with"
