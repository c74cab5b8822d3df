#!/bin/sh
# Finds the bugs of the corpus by `lockstep explore` and shows each trace again
# and again, each time in another process, its memory laid out by chance.
#     replays.sh [TIMES [CASE:VARIANT...]]
# Prints a line for each bug and the sum; fails where one does not show again.
# SPDX-License-Identifier: MIT
set -eu
: "${LOCKSTEP:?the tool under test}"
times=${1:-100}
[ $# -eq 0 ] || shift
[ "$(cat /proc/sys/kernel/randomize_va_space)" -gt 0 ] || {
    echo "replays: memory is not laid out by chance here" >&2
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# All buggy variants that the explorer is for.
variants() {
    "$LOCKSTEP" list --json | jq -r '.[] | .case as $case | .variants[] |
        select(.buggy and (.model | IN("pthread", "c11", "c11-native"))) |
        "\($case):\(.name)"'
}

# The first replay shows the same bug as was found, at the same places; all
# others say the very same.
replay() {
    "$LOCKSTEP" replay --json "$1" >"$work/$2" 2>"$work/errors" </dev/null ||
        [ $? -eq 1 ] || return 1
}
shown() {
    trace=$(jq -r .trace "$work/bug")
    if [ "$1" -gt 1 ]; then
        replay "$trace" again && cmp -s "$work/first" "$work/again"
        return
    fi
    replay "$trace" first && jq -e --slurpfile wanted "$work/bug" '
        def told: [.kind, [.places[].text]];
        .bugs[0] | told == ($wanted[0] | told)' "$work/first" >/dev/null
}

found=0 missed=0 faithful=0
[ $# -gt 0 ] || set -- $(variants)
for variant; do
    "$LOCKSTEP" explore --json --time "${SECONDS_EACH:-10}" -o "$work/out" \
        "$variant" >"$work/result" 2>"$work/errors" </dev/null || :
    bugs=$(jq '[.explore[].bugs[]] | length' "$work/result" || echo 0)
    if [ "$bugs" -eq 0 ]; then
        missed=$((missed + 1))
        echo "$variant: no bug"
    fi
    for i in $(seq "$bugs"); do
        jq "[.explore[].bugs[]][$i - 1]" "$work/result" >"$work/bug"
        again=0
        for time in $(seq "$times"); do
            ! shown "$time" || again=$((again + 1))
        done
        found=$((found + 1))
        [ "$again" -lt "$times" ] || faithful=$((faithful + 1))
        echo "$variant: $(jq -r .kind "$work/bug") $again of $times"
    done
    rm -rf "$work/out"
done
echo "$found bugs, $faithful of them shown again $times of $times times;" \
    "$missed variants without a bug"
[ "$found" -eq "$faithful" ]
