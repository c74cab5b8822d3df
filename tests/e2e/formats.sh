# The formats for machines, of a gate that fails and of one that passes; those
# in XML against the schema of their readers.
. "$(dirname "$0")/lib.sh"

corpus "$work/a corpus" data-race/unlocked-counter deadlock/double-acquire
manifest="$work/a corpus/data-race/unlocked-counter/case.yaml"

# format CODE ID: what the gate prints, in $printed.
format() {
    code=0
    "$LOCKSTEP" gate --cases "$work/a corpus" --out "$work/out" \
        --detector tsan-gcc,watchdog --format "$2" >"$printed" \
        2>"$work/err" </dev/null || code=$?
    [ "$code" -eq "$1" ] || fail "exit code $code, not $1: $(cat "$work/err")"
}
check() {
    jq -e "$1" "$printed" >/dev/null || fail "not true of the JSON: $1"
}
valid() {
    if command -v xmllint >/dev/null; then
        xmllint --noout --schema "$SOURCE/tests/golden/formats/junit.xsd" \
            "$printed" 2>"$work/err" || fail "no JUnit: $(cat "$work/err")"
    fi
}

format 0 github
[ ! -s "$printed" ] || fail "an annotation, though the gate passed"
format 0 gitlab
check '. == []'
format 0 sarif
check '.version == "2.1.0" and ([.runs[].tool.driver.name] |
       sort == ["tsan-gcc", "watchdog"]) and ([.runs[].results[]] == [])'
format 0 junit
valid
said '<testsuites name="lockstep" tests="[0-9]+" failures="0" errors="0"'
format 0 csv
[ "$(grep -c ',no,' "$printed")" -gt 0 ] || fail "no row"
[ "$(head -n 1 "$printed" | cut -d, -f1-3)" = class,case,variant ] ||
    fail "no header"
format 0 markdown
said '^## Lockstep: passed$'

# A bug that is recorded as missed, and is flagged.
guess "$manifest"
line=$(grep -n '@site increment' \
    "$work/a corpus/data-race/unlocked-counter/buggy.c" | cut -d: -f1)

format 1 github
said "^::error file=data-race/unlocked-counter/buggy.c,line=$line,endLine=$line,col=[0-9]+,endColumn=[0-9]+,title=data race on \`counter\`::.*%0A.*better than recorded"
unsaid '^[^:]'
format 1 gitlab
check "length == 1 and .[0].location.lines.begin == $line and
       .[0].check_name == \"data-race\" and
       .[0].location.path == \"data-race/unlocked-counter/buggy.c\""
format 1 sarif
check ".runs | map(.results[]) | length == 1 and (.[0] |
       .ruleId == \"data-race\" and .level == \"error\" and
       (.locations[0].physicalLocation | .region.startLine == $line and
        .artifactLocation == {uri: \"data-race/unlocked-counter/buggy.c\",
                              uriBaseId: \"%SRCROOT%\"}) and
       (.relatedLocations | length == 1) and
       (.codeFlows[0].threadFlows | length == 2) and
       (.partialFingerprints.primaryLocationLineHash |
        test(\"^[0-9a-f]+:[0-9]+\$\")))"
format 1 junit
valid
said '<failure message="better than recorded'
format 1 csv
said '^data-race,unlocked-counter,buggy,yes,tsan-gcc,flagged,exact,missed,yes,'
format 1 markdown
said '^## Lockstep: FAILED$'
said '\*\*data race on \\`counter\\`\*\* by tsan-gcc'
