# The whole corpus under every detector: what is recorded is what is measured.
# Then a case of each class and of each model again: nothing is built anew.
. "$(dirname "$0")/lib.sh"

detectors=tsan-gcc,tsan-clang,helgrind,drd,watchdog
expect 0 "$LOCKSTEP" gate --out "$work/out" --require $detectors --timing
said "^gate: passed"
cat "$printed"

again=$("$LOCKSTEP" list --json | jq -r '
    [group_by(.case | split("/")[0])[], group_by(.variants[0].model)[] |
     .[0].case] | unique[]')
# Word splitting parts the names, which have no blanks.
# shellcheck disable=SC2086
expect 0 "$LOCKSTEP" run --out "$work/out" \
    --detector tsan-gcc,tsan-clang,watchdog --json $again
jq -e '.timing.built == 0 and .timing.reused > 50' "$printed" >/dev/null ||
    fail "the second run built again"
