# What `commands` prints works when it is pasted, and gives the same verdict.
. "$(dirname "$0")/lib.sh"

cd "$work"
paste() {
    "$LOCKSTEP" commands "$1" --detector "$2" >"$work/lines"
    printf '%s\n' "--- $1 $2" >"$printed"
    cat "$work/lines" >>"$printed"
    sh "$work/lines" >>"$printed" 2>&1 </dev/null || true
}

paste unlocked-counter:buggy tsan-gcc
said "WARNING: ThreadSanitizer: data race"
said "/unlocked-counter/buggy.c:[0-9]+"
paste unlocked-counter:fixed tsan-gcc
unsaid "WARNING: ThreadSanitizer"
said "INVARIANT HELD"
paste unlocked-counter:buggy tsan-clang
said "WARNING: ThreadSanitizer: data race"
paste unlocked-counter:buggy helgrind
said "Possible data race"
paste unlocked-counter:buggy drd
said "Conflicting (load|store)"
paste double-acquire:buggy watchdog
said "buggy.c:[0-9]+"
said "pthread_mutex_lock"
paste double-acquire:buggy helgrind
said "re-lock a non-recursive lock"
for id in tsan-gcc tsan-clang helgrind drd; do
    paste key-destructor-leak:fixed $id
    said "INVARIANT HELD"
    unsaid "DEADLYSIGNAL|Segmentation fault"
done
paste c11-counter:fixed tsan-gcc
said "ThreadSanitizer:DEADLYSIGNAL"
unsaid "INVARIANT"
paste sum-of-squares:openmp-static tsan-clang
unsaid "WARNING: ThreadSanitizer"
said "INVARIANT HELD"
paste sum-of-squares:openmp-static tsan-gcc
unsaid "WARNING: ThreadSanitizer"
said "INVARIANT HELD"
paste sum-of-squares:openmp-static helgrind
said "not supported"

# Every program of the corpus builds with the line that is printed for it.
"$LOCKSTEP" list --json >"$work/list"
for case in $(jq -r '.[].case' "$work/list"); do
    "$LOCKSTEP" commands "$case" || fail "no commands for $case"
done >"$work/commands"
sed -n '/ plainly$/{n;s|-o ./|-o ./all-|;p;}' "$work/commands" >"$work/lines"
programs=$(jq '[.[].variants[]] | length' "$work/list")
[ "$(sed 's/.* -o //' "$work/lines" | sort -u | wc -l)" -eq "$programs" ] ||
    fail "not one program for each of the $programs variants"
command -v mpicc >/dev/null || sed -i '/^mpicc /d' "$work/lines"
expect 0 sh -e "$work/lines"

# Without --detector the plain lines come first, with the flags and arguments of
# the record.
corpus "$work/c" data-race/unlocked-counter deadlock/double-acquire
sed -i 's|^plain:|&\n  - {flags: ["-O2"], args: ["2", "5"], shows: 0, runs: 1}|' \
    "$work/c/data-race/unlocked-counter/case.yaml"
plainly() {
    "$LOCKSTEP" commands --cases "$work/c" "$1" | head -n "$2" >"$work/lines"
    cat "$work/lines" >"$printed"
    sh "$work/lines" >>"$printed" 2>&1 </dev/null || true
}
plainly unlocked-counter:buggy 3
said "^gcc .* -O2 .*buggy.c.* -o ./unlocked-counter-buggy$"
said "^./unlocked-counter-buggy 2 5$"
said "INVARIANT .*counter is [0-9]+ of 10$"
plainly unlocked-counter:fixed 3
said "^# data-race/unlocked-counter:fixed plainly$"
said "INVARIANT HELD: .* of 8000"
plainly double-acquire:buggy 3
said "^timeout -s TERM 10 ./double-acquire-buggy$"
unsaid "INVARIANT"
