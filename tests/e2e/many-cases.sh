# Of a whole corpus only some findings are told, those first that differ from
# the record; of the cases that are named, all.
. "$(dirname "$0")/lib.sh"

case=data-race/unlocked-counter
corpus "$work/c" $case
names=unlocked-counter
for n in 02 03 04 05 06 07 08 09 10 11 12; do
    cp -r "$work/c/$case" "$work/c/$case-$n"
    names="$names unlocked-counter-$n"
done
guess "$work/c/$case-12/case.yaml"

lockstep() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" "$@" --cases "$work/c" --out "$work/out" \
        --detector tsan-gcc
}
told() {
    [ "$(grep -c ': warning: ' "$printed")" -eq "$1" ] || fail "not $1 findings"
}

lockstep 1 gate
told 10
said "^data-race/unlocked-counter-12: buggy.c$"
unsaid "^data-race/unlocked-counter-11: buggy.c$"
said "^Findings in 2 more programs: .lockstep run CASE. or --json tells them"
said "^gate: FAILED: 1 result differs from the record$"
lockstep 0 run
told 10
# shellcheck disable=SC2086
lockstep 0 run $names
told 12
unsaid "more program"
