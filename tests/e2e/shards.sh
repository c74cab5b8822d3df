# Shards, joined, are the whole: by one worker, by three, and whatever runs at a
# time.
. "$(dirname "$0")/lib.sh"

corpus "$work/c" data-race/unlocked-counter deadlock/double-acquire \
    data-race/stop-flag condvar/lost-wakeup
gate() {
    "$LOCKSTEP" gate --cases "$work/c" --detector tsan-gcc,watchdog "$@"
}
essence() {
    jq -S '{gate, score: (.score | del(.detectors[].cost)), cancelled,
        detectors, host, built: (.timing.built + .timing.reused),
        results: [.results[] | del(.seconds, .cpu_seconds, .report_dir,
            .command, .runs.failure_seen) |
            .findings |= (map({detector, kind, grade, object,
                places: (.accesses | map(select(.role != "created") |
                    "\(.file):\(.line)") | sort)}) | sort | unique)]}' "$1"
}
# all JOBS OUT OPTIONS...: a run, its essence in $work/OUT.
whole() {
    expect 0 gate --json --jobs "$1" --out "$work/$2"
    essence "$printed" >"$work/$2.essence"
}

whole 1 one
whole 2 two
diff "$work/one.essence" "$work/two.essence" >&2 || fail "two jobs are not one"

for i in 1 2 3; do
    expect 0 gate --shard $i/3 --out "$work/s$i" --json
    cp "$printed" "$work/s$i.json"
done
expect 0 "$LOCKSTEP" merge "$work/s3" "$work/s1/lockstep.db" "$work/s2" \
    --out "$work/whole.db" --json
cp "$printed" "$work/merged.json"
essence "$printed" >"$work/merged.essence"
diff "$work/one.essence" "$work/merged.essence" >&2 ||
    fail "the shards are not the whole"
expect 0 "$LOCKSTEP" report --db "$work/whole.db" --json
cmp "$printed" "$work/merged.json" || fail "stored otherwise than printed"

# Balanced: of each detector as many cells, but for one.
for d in tsan-gcc watchdog; do
    for i in 1 2 3; do
        jq "[.results[] | select(.detector == \"$d\")] | length" "$work/s$i.json"
    done | sort -n >"$work/cells"
    least=$(head -n 1 "$work/cells") most=$(tail -n 1 "$work/cells")
    [ $((most - least)) -le 1 ] || fail "$d: from $least to $most cells"
done

# What does not fit together is told, and leaves nothing behind.
expect 2 "$LOCKSTEP" merge "$work/s1" "$work/s2" --out "$work/none.db"
said "shard 3/3 is not among"
expect 2 "$LOCKSTEP" merge "$work/s1" "$work/s2" "$work/s2" --out "$work/none.db"
said "is shard 2/3, and so is"
expect 2 "$LOCKSTEP" merge "$work/one" --out "$work/none.db"
said "is no shard"
expect 0 gate --shard 2/3 --out "$work/other" --repeat 2
expect 2 "$LOCKSTEP" merge "$work/s1" "$work/other" "$work/s3" \
    --out "$work/none.db"
said "no shard of the same whole"
expect 2 "$LOCKSTEP" merge "$work/s1" "$work/absent"
said "no run was stored"
expect 2 "$LOCKSTEP" merge
expect 0 "$LOCKSTEP" history --db "$work/none.db"
unsaid .
for word in 0/3 4/3 1 1/ /2 1/0 -1/2 1/2x; do
    expect 2 gate --shard "$word"
    said "no part of a whole"
done

# A shard that failed fails the whole.
cp "$work/c/data-race/unlocked-counter/buggy.c" \
    "$work/c/data-race/unlocked-counter/fixed.c"
for i in 1 2; do
    gate --shard $i/2 --out "$work/f$i" >/dev/null 2>&1 || :
done
expect 1 "$LOCKSTEP" merge "$work/f1" "$work/f2" --out "$work/failed.db"
said "^gate: FAILED"
expect 0 "$LOCKSTEP" history --db "$work/failed.db"
said " FAILED "
