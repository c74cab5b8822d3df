# `coverage` holds the cases against the wanted list: an id has cases or a
# reason why not, and else the exit code is 1 and the message names the line.
. "$(dirname "$0")/lib.sh"

corpus "$work/c" data-race/unlocked-counter deadlock/double-acquire
list=$work/c/coverage.yaml

wanted() {
    cat >"$list"
}

coverage() {
    expect "$1" "$LOCKSTEP" coverage --cases "$work/c"
}

wanted <<'Y'
cert:
  - {id: CON43-C, title: No data races}
  - {id: CON31-C, title: No destruction of locked mutexes, uncovered: later}
cwe:
  - {id: 764, title: Multiple Locks of a Critical Resource}
  - {id: 833, title: Deadlock}
patterns:
  - {id: atomicity-violation}
  - {id: order-violation, uncovered: no case yet}
Y
coverage 0
said "^CON43-C +1  No data races"
said "^ +unlocked-counter$"
said "^CON31-C +0  No destruction of locked mutexes"
said "^ +later$"
said "^CWE-764 +1  Multiple Locks"
said "^atomicity-violation +1  .*"
said "^- CWE: CWE-366: unlocked-counter$"
said "^SEI CERT C +1 of +2 covered"
said "^CWE +2 of +2 covered"
said "^coverage: passed"
unsaid "data-race/unlocked-counter"
longest=$(awk '{ if (length > n) n = length } END { print n }' "$printed")
[ "$longest" -le 80 ] || fail "a line of $longest columns"

# A second case of the same name: both are told with their class.
mkdir -p "$work/c/atomicity"
cp -r "$work/c/data-race/unlocked-counter" "$work/c/atomicity/"
coverage 0
said "^ +atomicity/unlocked-counter, data-race/unlocked-counter$"
rm -r "$work/c/atomicity"

# Neither a case nor a reason.
wanted <<'Y'
cert:
  - {id: CON43-C, title: No data races}
  - {id: CON31-C, title: No destruction of locked mutexes}
Y
coverage 1
said "coverage.yaml:3: 'CON31-C' has no case"
said "^coverage: failed: 1 "

# A case, and a reason why there is none.
wanted <<'Y'
cwe:
  - id: 833
    title: Deadlock
    uncovered: no case yet
Y
coverage 1
said "coverage.yaml:2: 'CWE-833' is covered, by double-acquire; take"

# Reports count for the detectors that they are recorded of.
yaml=$work/c/deadlock/double-acquire/case.yaml
wanted <<'Y'
reports:
  - detectors: [drd, watchdog]
    kinds:
      - {id: cycle}
Y
coverage 1
said "coverage.yaml:4: 'cycle' has no case"
sed -i 's/^  - {detectors: \[helgrind, drd, watchdog\], verdict: flagged.*}/'\
'  - {detectors: [watchdog], verdict: flagged, reports: [cycle]}/' "$yaml"
coverage 1
said "^coverage: failed: 1 " # of drd
wanted <<'Y'
reports:
  - detectors: [watchdog]
    kinds:
      - {id: cycle}
Y
coverage 0
said "^ +1  cycle"

# --json has the same, and the same exit code.
expect 0 "$LOCKSTEP" coverage --json --cases "$work/c"
check '.passed == true and .failures == []'
check '.sections | map(.id) == ["cert", "cwe", "patterns", "watchdog"]'
check '.sections[3] | .covered == 1 and (.wanted | length == 1)'
check '.sections[3].wanted[0] | .id == "cycle" and .title == null and
       .uncovered == null and .cases == ["deadlock/double-acquire"]'
check '.sections[1].besides | map(.id) | contains(["CWE-833", "CWE-362"])'
wanted <<'Y'
patterns:
  - {id: mixed-deadlock}
Y
expect 1 "$LOCKSTEP" coverage --json --cases "$work/c"
check '.passed == false and (.failures[0] | contains("mixed-deadlock"))'
check '.sections[2].wanted[0] | .uncovered == null and .cases == []
       and (.source | contains("GoBench"))'

# A list that cannot be read, and mistakes in it.
wanted <<'Y'
cert:
  - {id: CON43, title: No data races}
Y
coverage 2
said "coverage.yaml:2: 'CON43' is no id of SEI CERT C"
wanted <<'Y'
reports:
  - {detectors: [nosuch], kinds: [{id: cycle}]}
Y
coverage 2
said "coverage.yaml:2: no detector is called 'nosuch'"
rm "$list"
coverage 2
said "coverage.yaml: cannot be read: no such file"
expect 2 "$LOCKSTEP" coverage unlocked-counter
said "takes no CASE"
