# --json has the documented shape, and a race with both its accesses.
. "$(dirname "$0")/lib.sh"

expect 0 "$LOCKSTEP" gate --json --out "$work/out" \
    --detector tsan-gcc,watchdog unlocked-counter double-acquire
check '.lockstep | type == "string"'
check '.host.cores >= 1'
check '[.detectors[].id] | contains(["tsan-gcc", "drd"])'
check '.gate.passed == true and .gate.failures == []'
check '[.results[] | has("case", "variant", "detector", "outcome", "grade",
       "expected", "findings", "seconds", "command")] | all'
check '.results[] | select(.case == "data-race/unlocked-counter" and
       .variant == "buggy" and .detector == "tsan-gcc") | .outcome == "flagged"
       and .grade == "exact" and .reports == ["data race"]
       and .findings[0].kind == "data-race"
       and .findings[0].object == "counter" and .findings[0].grade == "exact"
       and (.findings[0].accesses | map(select(.role != "created")) |
            length == 2 and all(.line > 0 and .function == "work"))'
check '.results[] | select(.case == "deadlock/double-acquire" and
       .variant == "buggy" and .detector == "watchdog") |
       .outcome == "flagged" and .findings[0].kind == "deadlock"'
check '.results[] | select(.case == "deadlock/double-acquire" and
       .variant == "buggy" and .detector == "tsan-gcc") | .outcome == "hang"
       and .expected == "missed" and (.reason | length > 0)
       and .findings[0].detector == "watchdog"
       and .findings[0].grade == "none"'

for verb in "list" "show unlocked-counter" "doctor"; do
    # shellcheck disable=SC2086
    expect 0 "$LOCKSTEP" $verb --json
    check 'type == "object" or type == "array"'
done
