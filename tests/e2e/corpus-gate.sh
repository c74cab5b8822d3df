# The whole corpus under every detector: what is recorded is what is measured.
# Then again: nothing is built anew.
. "$(dirname "$0")/lib.sh"

detectors=tsan-gcc,tsan-clang,helgrind,drd,watchdog
static=clang-thread-safety,clang-tidy,clang-analyzer,gcc-analyzer,cppcheck,sparse
static=$static,coccinelle
expect 0 "$LOCKSTEP" gate --out "$work/out" --require $detectors,$static --timing
said "^gate: passed"
cat "$printed"

expect 0 "$LOCKSTEP" run --out "$work/out" --detector tsan-gcc,tsan-clang --json
jq -e '.timing.built == 0 and .timing.reused > 50' "$printed" >/dev/null ||
    fail "the second run built again"
