# ^C in the middle: what was measured is printed, exit 130, no orphan, and the
# next run is whole.
. "$(dirname "$0")/lib.sh"

corpus "$work/c" data-race/unlocked-counter
start() {
    # A shell's background jobs ignore SIGINT, so ask for its default.
    env --default-signal=INT "$LOCKSTEP" gate --cases "$work/c" \
        --out "$work/out" --repeat 2000 --detector tsan-gcc \
        >"$printed" 2>&1 </dev/null &
    pid=$!
    await_programs
}
ended() {
    code=0
    wait $pid || code=$?
    [ "$code" -eq "$1" ] || fail "exit code $code, not $1"
    sleep 0.5
    pgrep -f "$work/out/" >/dev/null && fail "orphans: $(pgrep -af "$work/out/")"
    return 0
}

start
kill -INT $pid
ended 130
said "^gate: interrupted"

start
kill -TERM $pid
ended 143

start
kill -KILL $pid
ended 137

expect 0 "$LOCKSTEP" gate --cases "$work/c" --out "$work/out" \
    --detector tsan-gcc
said "^gate: passed"
