# What the templates of CI ask for of a program: annotations, code quality, JUnit
# and SARIF of what is not known, and nothing of what is.
. "$(dirname "$0")/lib.sh"

cd "$work"
racy racy.c
gcc -gdwarf-4 -O0 -no-pie -pthread -o racy racy.c
run() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" run --out "$work/out" --detector helgrind \
        --format sarif=a.sarif --format github=a.annotations \
        --format gitlab=a.gitlab --format junit=a.junit "$@" -- ./racy
}
run 1 --format json=a.json
said "^racy.c:5:"
grep -qE '^::error file=racy.c,line=5,.*tickets' a.annotations ||
    fail "no annotation"
jq -e 'length == 1 and (.[0] | .location.path == "racy.c" and
    .location.lines.begin == 5 and .check_name == "data-race")' a.gitlab \
    >/dev/null || fail "no code quality"
jq -e '.runs[0].results | length == 1 and (.[0].locations[0].physicalLocation |
    .artifactLocation.uri == "racy.c" and .region.startLine == 5)' a.sarif \
    >/dev/null || fail "no SARIF"
grep -q 'failures="1"' a.junit || fail "no failed test"

report=$(find "$work/out/runs" -name report.json)
expect 0 "$LOCKSTEP" baseline update known.json "$report"
run 0 --baseline known.json
[ ! -s a.annotations ] || fail "what is known is annotated"
jq -e 'length == 0' a.gitlab >/dev/null || fail "what is known is code quality"
jq -e '.runs[0].results | length == 0' a.sarif >/dev/null ||
    fail "what is known is in the SARIF"
grep -q 'failures="0"' a.junit || fail "what is known fails"
