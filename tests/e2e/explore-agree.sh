# Every strategy that covers all schedules finds the same number of different
# traces of each small program, one for each synchronisation object and some
# mixtures; so does plain depth-first search where it comes to its end.
. "$(dirname "$0")/lib.sh"

# count MODE PROGRAM MORE...: traces, or nothing when the search was cut short.
count() {
    mode=$1 program=$2
    shift 2
    "$LOCKSTEP" explore --mode "$mode" --keep-going --as-found --time 0 \
        --json "$@" "$program" >"$printed" 2>&1 </dev/null || [ $? -eq 1 ] ||
        fail "$program cannot be explored by $mode"
    jq -r '.explore[0] | select(.traces_exact and .exhausted) | .traces' \
        "$printed"
}

programs=0 searched=0
for source in "$SOURCE"/tests/e2e/explore/objects/*.c; do
    name=$(basename "$source" .c)
    for compiler in gcc clang-19; do
        command -v $compiler >/dev/null || continue
        LOCKSTEP_CC=$compiler "$LOCKSTEP" cc -Wall -Werror -o "$work/$name" \
            "$source" || fail "$name does not compile"
        for budget in 0 1; do
            wanted=$(count dpor "$work/$name" --timeouts $budget)
            [ -n "$wanted" ] || fail "$name: dpor does not end"
            for mode in source sleep; do
                got=$(count $mode "$work/$name" --timeouts $budget)
                [ "$got" = "$wanted" ] ||
                    fail "$compiler $name: $mode $got, dpor $wanted"
            done
        done
    done
    got=$(count dfs "$work/$name" --timeouts 1 --executions 50000)
    if [ -n "$got" ]; then
        [ "$got" = "$wanted" ] || fail "$name: dfs $got, dpor $wanted"
        searched=$((searched + 1))
    fi
    programs=$((programs + 1))
done
[ $programs -ge 30 ] || fail "only $programs programs"
[ $searched -ge 25 ] || fail "depth-first search ended for $searched only"
