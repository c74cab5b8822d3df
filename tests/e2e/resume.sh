# Killed at random moments, then gone on with: the result is that of a run that
# was left alone, and what was done is not done again.
#     KILLS=100 tests/e2e/resume.sh
. "$(dirname "$0")/lib.sh"

kills=${KILLS:-6}
corpus "$work/c" data-race/unlocked-counter deadlock/double-acquire \
    data-race/stop-flag
gate() {
    "$LOCKSTEP" gate --cases "$work/c" --out "$work/out" --json --repeat 3 \
        --detector tsan-gcc,watchdog "$@"
}

# What does not depend on the order in which threads were run: of a race, which
# access came first, does.
essence() {
    jq -S '{gate, score: (.score | del(.detectors[].cost)), cancelled,
        results: [.results[] | del(.seconds, .cpu_seconds, .report_dir) |
            .findings |= (map({detector, kind, grade, object,
                places: (.accesses | map(select(.role != "created") |
                    "\(.file):\(.line)") | sort)}) | sort | unique)]}' "$1"
}
# The cells that are done, with the time they took: no two runs take the same.
done_cells() {
    jq -c '.results[] | select(.outcome != "cancelled") |
        [.case, .variant, .detector, .seconds, .cpu_seconds]' "$1"
}

began=$(date +%s%N)
expect 0 gate
took=$((($(date +%s%N) - began) / 1000000))
essence "$printed" >"$work/alone"
expect 0 gate --resume
said "no such run to go on with"

seed=${SEED:-$(date +%N | sed 's/^0*//')}
echo "seed $seed, $took ms alone"
random() { # up to $1
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    echo $((seed / 8 % $1))
}

kept=0 i=0
while [ $i -lt "$kills" ]; do
    i=$((i + 1))
    ms=$(random "$took")
    gate >"$work/killed.json" 2>/dev/null &
    pid=$!
    sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
    kill -KILL $pid 2>/dev/null || :
    wait $pid 2>/dev/null || :
    if [ -s "$work/killed.json" ]; then # it had ended by itself
        echo "kill $i after $ms ms: too late"
        continue
    fi
    "$LOCKSTEP" report --db "$work/out" --json >"$work/half.json" ||
        fail "kill $i after $ms ms: cannot be told of"
    jq -e .cancelled "$work/half.json" >/dev/null || {
        echo "kill $i after $ms ms: before it was stored"
        continue
    }
    expect 0 gate --resume
    unsaid "no such run to go on with"
    essence "$printed" >"$work/resumed"
    diff "$work/alone" "$work/resumed" >&2 ||
        fail "kill $i after $ms ms, seed $seed: another result"
    done_cells "$work/half.json" >"$work/before"
    done_cells "$printed" >"$work/after"
    n=$(wc -l <"$work/before")
    [ "$(grep -cxFf "$work/before" "$work/after" || :)" -eq "$n" ] ||
        fail "kill $i after $ms ms: a cell that was done was done again"
    kept=$((kept + n))
    expect 0 "$LOCKSTEP" report --db "$work/out" --json
    jq -e '.cancelled | not' "$printed" >/dev/null || fail "stored as cancelled"
    echo "kill $i after $ms ms: $n cells were there"
done
[ $kept -gt 0 ] || fail "no kill left anything to go on with"
