# The score: with run of several cases, with --score, and in the JSON; its list
# of what no detector flags.
. "$(dirname "$0")/lib.sh"

run() {
    verb=$1
    shift
    expect 0 "$LOCKSTEP" "$verb" --out "$work/out" "$@"
}

run run --detector tsan-gcc,watchdog unlocked-counter double-acquire
said "^DETECTOR FLAGGED +% 95 % CI SOME ALARMS +% 95 % CI EXACT +% 95 % CI$"
said "^tsan-gcc +1/2 +50 +9-91 +0 +0/4 +0 +0-49 +1/1 100  21-100$"
said "^watchdog +1/2 +50 .* 1/1 100  21-100$"
said "^watchdog +6 .* 1\\.0 .* 1\\.0$"
said "^data-race +1 +1 +0$"
said "^deadlock +1 +0 +1$"
said "^2 of 2 bugs are flagged by at least one of the 2 detectors that judged "
[ "$(tail -n 1 "$printed" | wc -c)" -le 1 ] || fail "more follows the score"

run run --detector drd,watchdog unlocked-counter:buggy unlocked-counter
said "^drd +1/1 100" # the bug was named twice
said "^watchdog +0/1"

run run --detector watchdog unlocked-counter fake-database
said "^2 of 2 bugs are flagged by none of the 1 detector that judged"
said "^  data-race: (unlocked-counter, fake-database|fake-database, unlocked-)"

run run --detector watchdog unlocked-counter
unsaid "^DETECTOR"
run run --detector watchdog --score unlocked-counter
said "^DETECTOR FLAGGED"
run gate --detector watchdog unlocked-counter double-acquire
unsaid "^DETECTOR"
said "^1 of 2 bugs flagged, 4 of 4 fixes clean, 1 of 1 detectors alive$"
run gate --detector watchdog --score unlocked-counter double-acquire
said "^DETECTOR FLAGGED"
said "^gate: passed: 0 results differ from the record$"
awk '/: (warning|note): / { next } length($0) > 80 { print; bad = 1 }
     END { exit bad }' "$printed" || fail "wider than 80 columns"

run gate --json --repeat 3 --detector tsan-gcc,watchdog unlocked-counter
check '.score | .bugs == 1 and .flagged == 1 and .fixes == 2 and .clean == 2'
check '.score.baseline == "watchdog"'
check '.score.detectors | map(.detector) == ["tsan-gcc", "watchdog"]'
check '.score.detectors[0] | .recall == {count: 1, of: 1, high: 1.0,
       low: .recall.low} and .false_alarms.of == 2 and .exact.count == 1'
check '.score.detectors[0].cost | .runs == 9 and .cpu_seconds > 0 and
       .cpu_factor > 1 and .median_seconds > 0 and
       .median_seconds < .seconds'
check '.score.classes | length == 1 and .[0].class == "data-race"'
check '.score.unflagged == [] and .score.unjudged == []'
check '[.results[].differs] | any | not'
