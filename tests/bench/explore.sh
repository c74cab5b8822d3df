#!/bin/sh
# How fast the explorer is, by processor time, so that other work on the computer
# disturbs little: executions a second of programs of 40 and of 700 steps, of 21
# and of 100 threads; the published lastzero, with the runs that were in vain;
# the time until the bug of some cases is told. Rounds are interleaved; a row has
# the median, and the quartiles. Usage: explore.sh LOCKSTEP SOURCE [ROUNDS]
# Needs jq. SPDX-License-Identifier: MIT
set -eu
LOCKSTEP=$1 SOURCE=$2 rounds=${3:-7}
work=$(mktemp -d "${TMPDIR:-/tmp}/bench-explore.XXXXXX")
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME="$work/cache"

# Seconds of this shell's children that were waited for: since is of a file that
# `times` wrote before. (Not in a subshell: that has none.)
since() {
    times >"$work/now"
    for each in "$1" "$work/now"; do
        sed -n '2s/[ms]/ /gp' "$each"
    done | awk '{t = ($1 + $3) * 60 + $2 + $4; print t - last; last = t}' |
        tail -n 1
}

# measure ROW PROGRAM EXECUTIONS MODE ARGS...: appends one value to ROW's file.
measure() {
    row=$1 program=$2 most=$3 mode=$4
    shift 4
    times >"$work/before"
    "$LOCKSTEP" explore --mode "$mode" --time 0 --executions "$most" --as-found \
        --json "$program" -- "$@" >"$work/json" </dev/null || [ $? -eq 1 ]
    since "$work/before" >"$work/cpu"
    jq -r --argjson cpu "$(cat "$work/cpu")" \
        '.explore[0] | [.executions / ([$cpu, 0.01] | max), .longest, .threads,
            .executions, .blocked, .traces] | @tsv' "$work/json" \
        >>"$work/$row.row"
}

# seconds ROW CASE: until its bug is known, of the whole command.
seconds() {
    before=$(date +%s%N)
    "$LOCKSTEP" explore --as-found --json "$2" >"$work/json" </dev/null ||
        [ $? -eq 1 ]
    after=$(date +%s%N)
    echo "$before $after $(jq '.explore[0].bugs | length' "$work/json")" |
        awk '{print ($2 - $1) / 1e9 "\t" $3}' >>"$work/$1.row"
}

# quartiles FILE: median, first and third of its first column.
quartiles() {
    cut -f1 "$1" | sort -g | awk '{v[NR] = $1} END {
        print q(0.5), q(0.25), q(0.75)
    } function q(p,  x, i) {
        x = 1 + (NR - 1) * p; i = int(x)
        return i < NR ? v[i] + (x - i) * (v[i + 1] - v[i]) : v[NR]
    }'
}

# rate ROW WHAT BAR: a line of the table.
rate() {
    last=$(tail -n 1 "$work/$1.row")
    quartiles "$work/$1.row" | {
        read -r median low high
        printf '| %-33s | %9.0f | %9.0f - %-9.0f | %5s | %7s | %8s | %7s | %s |\n' \
            "$2" "$median" "$low" "$high" "$(echo "$last" | cut -f2)" \
            "$(echo "$last" | cut -f3)" "$(echo "$last" | cut -f4)" \
            "$(echo "$last" | cut -f5)" "$3"
    }
}

compilers=gcc
! command -v clang-19 >/dev/null || compilers="gcc clang-19"
for c in $compilers; do
    for p in sections lastzero; do
        LOCKSTEP_CC=$c "$LOCKSTEP" cc -o "$work/$c-$p" \
            "$SOURCE/tests/e2e/explore/$p.c"
    done
done
cases="lost-wakeup:buggy half-locked:buggy join-under-lock:buggy unlocked-counter:buggy"

for round in $(seq "$rounds"); do
    for c in $compilers; do
        measure "$c-40" "$work/$c-sections" 40000 dpor 3 4
        measure "$c-40r" "$work/$c-sections" 40000 random 3 4
        measure "$c-700" "$work/$c-sections" 4000 dpor 2 170
        measure "$c-700r" "$work/$c-sections" 4000 random 2 170
        measure "$c-21" "$work/$c-sections" 2000 dpor 20 17
        measure "$c-100" "$work/$c-sections" 1000 dpor 100 1
        measure "$c-z5" "$work/$c-lastzero" 10000000 dpor 5
        measure "$c-z10" "$work/$c-lastzero" 10000000 dpor 10
        [ "$round" -gt 1 ] ||
            measure "$c-z15" "$work/$c-lastzero" 10000000 dpor 15
    done
    for case in $cases; do
        seconds "$case" "$case"
    done
done

echo "Executions a second of processor time, $rounds rounds"
echo
printf '| %-33s | %9s | %21s | %5s | %7s | %8s | %7s | %s |\n' program median \
    quartiles steps threads runs "in vain" bar
echo "|---|---:|---:|---:|---:|---:|---:|---|"
for c in $compilers; do
    rate "$c-40" "$c, 3 threads x 4, dpor" "100,000"
    rate "$c-40r" "$c, 3 threads x 4, random" "100,000"
    rate "$c-700" "$c, 2 threads x 170, dpor" "20,000"
    rate "$c-700r" "$c, 2 threads x 170, random" "20,000"
    rate "$c-21" "$c, 20 threads x 17, dpor" "-"
    rate "$c-100" "$c, 100 threads x 1, dpor" "-"
    rate "$c-z5" "$c, lastzero 5" "-"
    rate "$c-z10" "$c, lastzero 10" "-"
    rate "$c-z15" "$c, lastzero 15" "-"
done
echo
printf '| %-32s | %9s | %21s |\n' "build, explore, tell: seconds" median quartiles
echo "|---|---:|---:|"
for case in $cases; do
    quartiles "$work/$case.row" | {
        read -r median low high
        printf '| %-32s | %9.2f | %9.2f - %-9.2f |\n' "$case" "$median" "$low" \
            "$high"
    }
done
