# The explorer in the matrix: bugs found at their lines, fixes held to what is
# claimed of them, and no verdict of an explorer that is broken.
. "$(dirname "$0")/lib.sh"

corpus "$work/c" condvar/lost-wakeup atomicity/check-then-act \
    deadlock/rwlock-self-upgrade openmp/missing-reduction \
    liveness/blocked-event-loop
# With so little to do that nothing can be said in the end.
y=$work/c/deadlock/rwlock-self-upgrade/case.yaml
why='the number of steps in all was bounded; the search was not finished'
sed -i "s/^explore: .*/explore: {work: 20}/
    s/claim: verified}/claim: not-found, reason: $why}/" "$y"
run() { # CODE VERB OPTION...
    code=$1 verb=$2
    shift 2
    expect "$code" "$LOCKSTEP" "$verb" --cases "$work/c" --out "$work/out" \
        --family exploring "$@"
}
one() { # FILTER, of the result r of lost-wakeup's fix
    check ".results[] | select(.case == \"condvar/lost-wakeup\" and
        .variant == \"fixed\") | $1"
}

# Whatever is asked for, one run is enough.
run 0 gate --repeat 3 --json
check '[.results[] | select(.outcome == "flagged" and .grade == "exact" and
    .runs.judged == 1)] | length == 3'
check '[.results[] | select(.outcome == "unsupported")] | length == 4'
one '.claim == "verified" and .expected_claim == "verified" and
    (.claim_terms | startswith("SC; this input"))'
check '.results[] | select(.case == "deadlock/rwlock-self-upgrade" and
    .variant == "fixed") | .claim == "not-found" and .reason == .claim_terms'
check '.detectors[] | select(.id == "explore") | .alive and
    .family == "exploring" and (.version | test("runtime [0-9a-f]{8}, gcc"))'
cp "$printed" "$work/first"

# The same again, to the last trace: nothing in it is a matter of speed.
run 0 run --json
for file in "$work/first" "$printed"; do
    jq -S '[.results[] | {case, variant, outcome, claim, claim_terms,
        findings: [.findings[] | {message, accesses}]}]' "$file" >"$file.told"
done
diff "$work/first.told" "$printed.told" >&2 || fail "two runs differ"
kept=$(jq -r '.results[] | select(.case == "condvar/lost-wakeup" and
    .variant == "buggy") | .report_dir' "$printed")
expect 1 "$LOCKSTEP" replay "$kept".1/traces/*.trace
said "lost wake-up"

run 0 run --format markdown
said "Of 3 fixes explored, 2 are verified: no schedule fails; 0 are bounded, 1 not"
said '\| condvar/lost-wakeup \| fixed \| verified \|'
run 0 run
said '^ +lost-wakeup +found verified$'
said '^ +rwlock-self-upgrade +found open$'
run 0 run --format csv
said '^condvar,lost-wakeup,fixed,.*,verified,"?SC; '
expect 0 "$LOCKSTEP" show --cases "$work/c" lost-wakeup
said '^  explore +fixed +clean, verified$'
expect 0 "$LOCKSTEP" commands --cases "$work/c" --detector explore check-then-act
said 'lockstep.? cc -std=gnu17'
said 'lockstep.? explore .*--work=[0-9]+ -- ./check-then-act-buggy 1$'

# What is claimed is held against the record, in both directions.
y=$work/c/condvar/lost-wakeup/case.yaml
cp "$y" "$work/case.yaml"
sed -i 's/claim: verified/claim: bounded, reason: pipes/' "$y"
run 1 gate lost-wakeup
said 'better than recorded: recorded bounded, measured verified'
sed '/variant: fixed/d' "$work/case.yaml" >"$y"
run 1 gate lost-wakeup
said 'no claim is recorded; it is verified'
cp "$work/case.yaml" "$y"
y=$work/c/deadlock/rwlock-self-upgrade/case.yaml
sed -i "s/claim: not-found, reason: $why/claim: verified/" "$y"
run 1 gate rwlock-self-upgrade
said 'recorded verified, measured not-found \(.*the search was not finished\)'

# A broken one: programs are built, and explore nothing, or wrongly.
mkdir -p "$work/broken/bin"
cp "$LOCKSTEP" "$work/broken/bin/lockstep"
cp -r "$BUILD/lib" "$work/broken/bin/lib"
broken=$work/broken/bin/lockstep
broken_gate() {
    expect 3 "$broken" gate --cases "$work/c" --out "$work/out2" \
        --detector explore --require explore lost-wakeup
}
rm "$work/broken/bin/lib/explore.harmless"
broken_gate
said 'explore is required but not usable: .*explore.harmless'
# A runtime whose searches are never complete: every call is one that is not
# known.
: >"$work/broken/bin/lib/explore.harmless"
broken_gate
said 'explore is broken: canary clean.c can be verified, but is '
unsaid '^ +lost-wakeup +found'
