# Shards, joined, are the whole: by one worker, by three, and whatever runs at a
# time.
. "$(dirname "$0")/lib.sh"

corpus "$work/c" data-race/unlocked-counter deadlock/double-acquire \
    data-race/stop-flag condvar/lost-wakeup
commit() {
    git -C "$work/c" -c user.name=x -c user.email=x@example.com \
        commit -q --allow-empty -m x
}
git init -q "$work/c"
commit
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

jq -e --arg commit "$(git -C "$work/c" rev-parse HEAD)" \
    '.checkout.revision == $commit' "$work/merged.json" >/dev/null ||
    fail "the whole has lost its commit"

# Every format bears that most cells are in other shards.
n=$(jq '.results | length' "$work/s1.json")
for id in $("$LOCKSTEP" words formats); do
    expect 0 "$LOCKSTEP" report --db "$work/s1" --all --format "$id"
    cp "$printed" "$work/s1.$id"
done
[ "$(wc -l <"$work/s1.csv")" -eq $((n + 1)) ] || fail "rows of the shard"
[ "$(grep -c '<testcase ' "$work/s1.junit")" -eq "$n" ] || fail "its tests"
[ "$(grep -c 'class=path>' "$work/s1.html")" -gt 0 ] || fail "its raw reports"
grep -q '^| data-race/unlocked-counter | ' "$work/s1.markdown" || fail "its rows"
jq -e 'type == "array"' "$work/s1.gitlab" >/dev/null || fail "its code quality"
jq -e '.runs | length == 2' "$work/s1.sarif" >/dev/null || fail "its SARIF"

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
    commit
done
expect 1 "$LOCKSTEP" merge "$work/f1" "$work/f2" --out "$work/failed.db"
said "^gate: FAILED"
expect 0 "$LOCKSTEP" history --db "$work/failed.db"
said " FAILED "
expect 0 "$LOCKSTEP" report --db "$work/failed.db" --json
check '.checkout == null' # they are of two commits
