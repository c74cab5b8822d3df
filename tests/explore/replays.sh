#!/bin/sh
# Finds the bugs of the corpus by `lockstep explore` and shows each trace again
# and again, each time in another process, its memory laid out by chance; as many
# cases at a time as there are processors.
#     replays.sh [TIMES [CASE:VARIANT...]]
# Prints a line for each bug and the sum; fails where one does not show again.
# SPDX-License-Identifier: MIT
set -eu
: "${LOCKSTEP:?the tool under test}"

# The first replay shows the same bug as was found, at the same places; all
# others say the very same.
replay() {
    "$LOCKSTEP" replay --json "$trace" >"$own/$1" 2>"$own/errors" </dev/null ||
        [ $? -eq 1 ]
}
first() {
    replay first && jq -e --slurpfile wanted "$own/bug" '
        def told: [.kind, [.places[].text]];
        .bugs[0] | told == ($wanted[0] | told)' "$own/first" >/dev/null
}
again() {
    replay again && cmp -s "$own/first" "$own/again"
}

# show_bug NUMBER: a line of how often it was shown.
show_bug() {
    jq "[.explore[].bugs[]][$1 - 1]" "$own/result" >"$own/bug"
    trace=$(jq -r .trace "$own/bug")
    shown=0 time=1
    ! first || shown=1
    while [ "$time" -lt "$times" ]; do
        ! again || shown=$((shown + 1))
        time=$((time + 1))
    done
    echo "$variant: $(jq -r .kind "$own/bug") $shown of $times"
}

# show_variant TIMES CASE:VARIANT, in a folder of its own. What bounds the search
# is counted, so that it finds the same on any computer.
show_variant() {
    times=$1 variant=$2
    own=$(mktemp -d "$REPLAYS_WORK/XXXXXX")
    "$LOCKSTEP" explore --json --time 0 --work 3000000 -o "$own/out" \
        "$variant" >"$own/result" 2>"$own/errors" </dev/null || [ $? -eq 1 ] || {
        echo "$variant: not explored: $(head -n1 "$own/errors")"
        return
    }
    bugs=$(jq '[.explore[].bugs[]] | length' "$own/result")
    [ "$bugs" -gt 0 ] || echo "$variant: no bug"
    for bug in $(seq "$bugs"); do
        show_bug "$bug"
    done
    rm -rf "$own"
}

if [ -n "${REPLAYS_WORK:-}" ]; then
    show_variant "$@"
    exit
fi

[ "$(cat /proc/sys/kernel/randomize_va_space)" -gt 0 ] || {
    echo "replays: memory is not laid out by chance here" >&2
    exit 77
}
times=${1:-100}
[ $# -eq 0 ] || shift
REPLAYS_WORK=$(mktemp -d)
export REPLAYS_WORK
trap 'rm -rf "$REPLAYS_WORK"' EXIT

# All buggy variants that the explorer is for.
variants() {
    "$LOCKSTEP" list --json | jq -r '.[] | .case as $case | .variants[] |
        select(.buggy and (.model | IN("pthread", "c11", "c11-native"))) |
        "\($case):\(.name)"'
}

{
    if [ $# -gt 0 ]; then printf '%s\n' "$@"; else variants; fi
} | xargs -P"$(nproc)" -n1 sh "$0" "$times" | tee "$REPLAYS_WORK/lines"
awk '/: no bug$/ { none++; next }
    / of [0-9]+$/ { bugs++; replays += $NF; differing += $NF - $(NF - 2)
                    if ($NF != $(NF - 2)) unlike++; next }
    { failed++ }
    END {
        printf "%d bugs shown again %d times: %d replays differ, of %d bugs; ",
            bugs, replays, differing, unlike
        printf "%d variants without a bug, %d not explored\n", none, failed
        exit bugs == 0 || unlike > 0 || failed > 0
    }' "$REPLAYS_WORK/lines"
