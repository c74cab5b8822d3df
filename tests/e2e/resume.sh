# Killed at random moments, then gone on with: the result is that of a run that
# was left alone, and what was done is not done again.
# `make kills` does so a hundred times, with moments of that day.
. "$(dirname "$0")/lib.sh"

kills=${KILLS:-5}
corpus "$work/c" data-race/unlocked-counter deadlock/double-acquire \
    data-race/stop-flag
set -- "$LOCKSTEP" gate --cases "$work/c" --out "$work/out" --json --repeat 2 \
    --detector tsan-gcc,watchdog

# What does not depend on the order in which threads were run, nor on the name of
# the run: of a race, which access came first, does, and whether it was lost.
essence() {
    jq -S '{gate, score: (.score | del(.detectors[].cost)), cancelled,
        results: [.results[] | del(.seconds, .cpu_seconds, .runs.failure_seen) |
            .command |= gsub("/runs/[0-9-]+/"; "/runs/") |
            .report_dir |= gsub("/runs/[0-9-]+/"; "/runs/") |
            .findings |= (map({detector, kind, grade, object,
                places: (.accesses | map(select(.role != "created") |
                    "\(.file):\(.line)") | sort)}) | sort | unique)]}' "$1"
}
# The cells that are done, with the time they took: no two runs take the same.
done_cells() {
    jq -c '.results[] | select(.outcome != "cancelled") |
        [.case, .variant, .detector, .seconds, .cpu_seconds]' "$1"
}

expect 0 "$@"
essence "$printed" >"$work/alone"
began=$(date +%s%N)
expect 0 "$@" --resume
said "no such run to go on with"
took=$((($(date +%s%N) - began) / 1000000))

seed=${SEED:-1}
echo "seed $seed, $took ms alone"
next_random() { # $random, below $1
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    random=$((seed / 65536 % $1))
}

# The folders of raw reports, one for each program that was run; only those that
# $1 says (to find).
raw() {
    find "$work/out/runs/$id" -mindepth 3 -maxdepth 3 -type d "$@" | sort
}
in_flight=$(($(nproc) * 6)) # programs at a time, at most

# What was run before is not run again, but for what was under way.
check_kept() {
    unsaid "no such run to go on with"
    [ "$id" = "$(jq -r .run "$printed")" ] || fail "another run was begun"
    raw ! -newer "$work/marker" >"$work/unchanged"
    n=$(wc -l <"$work/raw") m=$(wc -l <"$work/unchanged")
    [ "$m" -ge $((n - in_flight)) ] ||
        fail "$moment: of $n programs that were run, only $m stand"
    done_cells "$work/half.json" >"$work/before"
    done_cells "$printed" >"$work/after"
    n=$(wc -l <"$work/before")
    [ "$n" -eq 0 ] ||
        [ "$(grep -cxFf "$work/before" "$work/after" || :)" -eq "$n" ] ||
        fail "$moment: a cell that was done was done again"
    kept=$((kept + m))
    echo "$moment: $m programs were not run again, $n cells whole"
}

kept=0 i=0
while [ $i -lt "$kills" ]; do
    next_random "$took"
    ms=$random moment="kill $((i + 1)) after $random ms"
    next_random 4
    [ "$random" -ne 0 ] || rm -rf "$work/out/cache" # so that it builds too
    "$@" >"$work/killed.json" 2>/dev/null &
    pid=$!
    sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
    kill -KILL $pid 2>/dev/null || :
    wait $pid 2>/dev/null || :
    if [ -s "$work/killed.json" ]; then
        echo "$moment: it had ended by itself"
        continue
    fi
    i=$((i + 1))
    "$LOCKSTEP" report --db "$work/out" --json >"$work/half.json" ||
        fail "$moment: cannot be told of"
    stored=$(jq .cancelled "$work/half.json")
    id=$(jq -r .run "$work/half.json")
    raw >"$work/raw"
    sleep 0.1
    touch "$work/marker"
    expect 0 "$@" --resume
    [ "$stored" = true ] || sed -i '/no such run to go on with/d' "$printed"
    essence "$printed" >"$work/resumed"
    diff "$work/alone" "$work/resumed" >&2 ||
        fail "$moment, seed $seed: another result"
    if [ "$stored" = true ]; then
        check_kept
    else
        echo "$moment: it had not begun"
    fi
    expect 0 "$LOCKSTEP" report --db "$work/out" --json
    jq -e '.cancelled | not' "$printed" >/dev/null || fail "stored as cancelled"
done
[ $kept -gt 0 ] || fail "no kill left anything to go on with"
