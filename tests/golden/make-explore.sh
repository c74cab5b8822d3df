#!/bin/sh
# Makes the golden reports of the explorer anew, by real runs, with neutral paths
# and without the stories, which the detector does not read.
#
#     tests/golden/make-explore.sh LOCKSTEP
#
# SPDX-License-Identifier: MIT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
lockstep=${1:?the tool}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

explore() { # name source
    "$lockstep" cc -std=gnu17 -pthread -I "$root/cases" -o "$work/program" "$2"
    "$lockstep" explore --json --time=0 --work=100000 --no-outcome \
        --out="$work" -- "$work/program" |
        sed -e "s|$work|/work|g" -e "s|$root|/lockstep|g" |
        jq 'del(.explore[].seconds, .explore[].bugs[].steps)' \
            >"$here/explore/$1.json"
}

cases=$root/cases canaries=$root/sanitizer-configs/canaries
explore hit "$canaries/race.c"
explore clean "$canaries/clean.c"
explore torn "$canaries/split-lock.c"
explore twice "$canaries/selfdeadlock.c"
explore circle "$cases/deadlock/lock-order-inversion/buggy.c"
explore wakeup "$cases/condvar/lost-wakeup/buggy.c"
explore misuse "$cases/lock-misuse/unlock-of-unlocked/buggy.c"
explore leak "$cases/lifetime/thread-leak/buggy.c"
head -c 400 "$here/explore/hit.json" >"$here/explore/truncated.json"
