# A run is stored, and told again as it was: from another folder, after the
# sources have changed, in several formats, of an older run.
. "$(dirname "$0")/lib.sh"

corpus "$work/c" data-race/unlocked-counter deadlock/double-acquire
gate() {
    "$LOCKSTEP" gate --cases "$work/c" --out "$work/out" \
        --detector tsan-gcc,watchdog,clang-tidy "$@"
}
report() {
    "$LOCKSTEP" report --db "$work/out" "$@"
}

expect 2 report
said "no run was stored"
expect 0 gate --json --repeat 2 --format table="$work/table" \
    --format json="$work/file.json"
cp "$printed" "$work/printed.json"
cmp "$work/printed.json" "$work/file.json" || fail "the file differs"
grep -q "^gate: passed" "$work/table" || fail "no table in the other file"
run=$(jq -r .run "$work/printed.json")

expect 0 report --json
cmp "$printed" "$work/printed.json" || fail "not told as it was printed"
echo "not C any more" >"$work/c/data-race/unlocked-counter/buggy.c"
expect 0 report --json
cmp "$printed" "$work/printed.json" || fail "told of sources as they are now"
cp "$SOURCE/cases/data-race/unlocked-counter/buggy.c" \
    "$work/c/data-race/unlocked-counter/"

# An older run, by how its id begins; to a file; compared.
sleep 1.1
expect 0 gate unlocked-counter
expect 0 report
unsaid "double-acquire"
expect 0 report --run "$run" --format json --out "$work/again.json"
[ ! -s "$printed" ] || fail "printed, though there is a file"
cmp "$work/again.json" "$work/printed.json" || fail "another run is told of"
expect 2 report --run 1999
said "no run '1999'"
expect 2 report --format nonsense
said "there is:.* json"
expect 2 report --format json=
said "names no file"

expect 0 "$LOCKSTEP" history --db "$work/out"
said "^$run +passed "
expect 0 "$LOCKSTEP" history --db "$work/out" unlocked-counter
said "unlocked-counter +buggy +tsan-gcc +flagged +3/3 +2/2 1/1"
expect 0 "$LOCKSTEP" history --db "$work/out" --json
jq -e '(.runs | length == 2 and all(.state == "done" and .passed)) and
       (.cells[] | select(.detector == "tsan-gcc" and .variant == "buggy" and
           .case == "data-race/unlocked-counter") |
           .flagged == 3 and .judged == 3 and (.flaky | not))' \
    "$printed" >/dev/null || fail "the JSON of history"
expect 2 "$LOCKSTEP" history --db "$work/out" no-such-case

# On a terminal nothing is wider than that; the latest runs are told.
export LOCKSTEP work
for words in "" " unlocked-counter"; do
    script -qec "stty cols 80
        \"\$LOCKSTEP\" history --db \"\$work/out\"$words" /dev/null \
        >"$printed" </dev/null || fail "history on a terminal"
    tr -d '\r' <"$printed" | sed 's/\x1b\[[0-9;]*m//g' >"$work/plain"
    [ "$(wc -l <"$work/plain")" -ge 3 ] || fail "nothing is told"
    ! grep -E '.{81}' "$work/plain" || fail "wider than the terminal"
done
said "unlocked-counter +buggy +tsan-gcc +flagged +3/3 +2/2 1/1"

# The report of the first is dropped, its figures stay.
expect 0 "$LOCKSTEP" history --db "$work/out" --keep 1
expect 2 report --run "$run"
said "only the figures"
expect 0 report
said "^gate: passed"

# A report is of the commit that was measured, and its paths are from the root of
# that repository, wherever it is told.
if command -v git >/dev/null; then
    (
        cd "$work/c"
        git init -q -b trunk .
        git add .
        git -c user.name=x -c user.email=x@example.com commit -q -m one
    )
    commit=$(git -C "$work/c" rev-parse HEAD)
    guess "$work/c/data-race/unlocked-counter/case.yaml"
    expect 1 gate unlocked-counter
    git -C "$work/c" -c user.name=x -c user.email=x@example.com commit -q -a -m two
    cd /
    expect 0 report --format sarif
    jq -e --arg commit "$commit" '.runs | all(.versionControlProvenance[0] |
        .revisionId == $commit and .branch == "trunk" and
        .properties.changed) and ([.[].results[].locations[0].physicalLocation.artifactLocation.uri] |
        length > 0 and all(. == "data-race/unlocked-counter/buggy.c"))' \
        "$printed" >/dev/null || fail "not of the commit that was measured"
    expect 0 report --json
    jq -e --arg commit "$commit" '.checkout | .revision == $commit and .changed' \
        "$printed" >/dev/null || fail "no commit in the JSON"
    expect 0 "$LOCKSTEP" history --db "$work/out"
    said " $(echo "$commit" | cut -c 1-10)\+ "
    git -C "$work/c" reset -q --hard "$commit"
    expect 0 gate unlocked-counter
fi

# What cannot be written to, or is no database.
if unshare -rm true 2>/dev/null; then
    expect 0 unshare -rm sh -c 'mount --bind "$1" "$1" &&
        mount -o remount,ro,bind "$1" && "$2" report --db "$1"' \
        sh "$work/out" "$LOCKSTEP"
    said "^gate: passed"
    expect 3 unshare -rm sh -c 'mount --bind "$1" "$1" &&
        mount -o remount,ro,bind "$1" && "$2" run --out "$1" unlocked-counter' \
        sh "$work/out" "$LOCKSTEP"
    said "cannot be written|[Rr]ead-only|permission denied"
    mkdir "$work/small"
    expect 3 unshare -rm sh -c 'mount -t tmpfs -o size=8k none "$1" &&
        "$2" report --db "$3" --format json="$1/report.json"; code=$?
        ls -A "$1"; exit $code' sh "$work/small" "$LOCKSTEP" "$work/out"
    said "report.json: cannot be written: no space left"
    unsaid "^report.json"
fi
expect 0 report --format json=/dev/null
[ -c /dev/null ] || fail "a device was replaced by a file"
echo "this is no database, but long enough to be one" >"$work/out/lockstep.db"
rm -f "$work/out/lockstep.db-"*
expect 3 gate unlocked-counter
said "lockstep.db: is damaged, or no history.*move it away"
