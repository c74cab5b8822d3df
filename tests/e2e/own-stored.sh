# A run of a program that is not ours is stored, and told again as it was in every
# format, though its sources are gone; so is what `measure` saw.
. "$(dirname "$0")/lib.sh"

mkdir "$work/project"
cd "$work/project"
racy racy.c
report() {
    "$LOCKSTEP" report --db "$work/out" "$@"
}

set -- --format table=then.table
for id in $("$LOCKSTEP" words formats); do
    set -- "$@" --format "$id=then.$id"
done
expect 1 "$LOCKSTEP" check --out "$work/out" --repeat 2 "$@" --json \
    --detector drd,helgrind,tsan-gcc,watchdog \
    --build '{cc} {cflags} -o racy racy.c' -- ./racy one "two words"
cmp "$printed" then.json || fail "the file is not what is printed"
run=$(jq -r .run then.json)

# Each detector has what it saw; the race is one, with who saw it.
jq -e '.findings | length == 1' then.json >/dev/null || fail "not one finding"
[ "$(grep -c ',flagged,.*,data race on `tickets`,' then.csv)" -eq 3 ] ||
    fail "the matrix has not what each detector saw"
[ "$(grep -c '^::error ' then.github)" -eq 1 ] || fail "annotated twice"
jq -e 'length == 1' then.gitlab >/dev/null || fail "two issues of quality"
jq -e '[.runs[].results[]] | length == 1 and (.[0] |
    .properties.seenBy == ["drd", "helgrind", "tsan-gcc"] and
    (.message.text | test("Seen by drd, helgrind, tsan-gcc")))' then.sarif \
    >/dev/null || fail "the SARIF has not one result, with who saw it"
grep -q 'by drd, helgrind, tsan-gcc' then.markdown || fail "who saw it: markdown"
grep -q '<span class=who>drd, helgrind, tsan-gcc' then.html || fail "in the page"

mv racy.c gone.c
for id in $("$LOCKSTEP" words formats); do
    expect 0 report --format "$id=now.$id"
    cmp "now.$id" "then.$id" || fail "$id is not as it was"
done
cd "$work"
expect 0 report
said "^1 finding at 1 place"
expect 0 "$LOCKSTEP" history --db "$work/out"
said "^$run +FAILED .*check .*-- ./racy one 'two words'"
expect 0 "$LOCKSTEP" history --db "$work/out" racy
said "^own/racy +program +tsan-gcc +2/2"
expect 0 "$LOCKSTEP" history --db "$work/out" --json
jq -e '.runs[0].kind == "own" and .runs[0].passed == false' "$printed" \
    >/dev/null || fail "the JSON of history"

# The last run is another one; of two runs, what changed is told, if they are of
# one kind.
mv project/gone.c project/racy.c
sed -i 's/int tickets/_Atomic int tickets/' project/racy.c
(cd project && expect 0 "$LOCKSTEP" check --out "$work/out" --repeat 2 \
    --detector drd,helgrind,tsan-gcc,watchdog \
    --build '{cc} {cflags} -o racy racy.c' -- ./racy one "two words")
expect 0 report
said "^0 findings"
expect 0 report --compare "$run" --format markdown
said "Changes since $run"
said "own/racy:program under tsan-gcc . better . found . ok"
expect 0 report --run "$run" --format json
cmp "$printed" project/then.json || fail "the older run is another one now"

# What ends badly, though nobody has a finding, is told as that.
(cd project && expect 1 "$LOCKSTEP" check --out "$work/out" --expect-exit 7 \
    --detector watchdog --build '{cc} {cflags} -o racy racy.c' \
    --format sarif=bad.sarif --format gitlab=bad.gitlab -- ./racy)
jq -e '.runs[0] | .results[0].ruleId == "bad-end" and
    (.results[0].message.text | test("ended with 0"))' project/bad.sarif \
    >/dev/null || fail "a bad end in the SARIF"
jq -e '.[0].check_name == "bad-end"' project/bad.gitlab >/dev/null ||
    fail "a bad end as code quality"

corpus "$work/c" data-race/unlocked-counter
expect 0 "$LOCKSTEP" measure --cases "$work/c" --out "$work/out" --plain 1 \
    --repeat 1 --detector tsan-gcc unlocked-counter
expect 0 report --format csv
said "^data-race,unlocked-counter,buggy,yes,tsan-gcc,flagged,exact,"
expect 0 "$LOCKSTEP" history --db "$work/out" --json
jq -e '[.runs[].kind] == ["own", "own", "own", "measure"]' "$printed" >/dev/null ||
    fail "the kinds of runs"
expect 2 report --compare "$run"
said "one is of a program of your own"
