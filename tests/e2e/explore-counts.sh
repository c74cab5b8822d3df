# The numbers of different traces that the literature gives are met exactly, by
# every strategy that counts them, with both compilers.
. "$(dirname "$0")/lib.sh"

command -v clang-19 >/dev/null || exit 77
programs=$SOURCE/tests/e2e/explore

# traces COMPILER MODE PROGRAM WANTED ARGS...
traces() {
    compiler=$1 mode=$2 name=$3 wanted=$4
    shift 4
    program=$work/$compiler-$name
    [ -x "$program" ] || LOCKSTEP_CC=$compiler "$LOCKSTEP" cc -Wall -Werror \
        -o "$program" "$programs/$name.c" || fail "$name does not compile"
    "$LOCKSTEP" explore --mode "$mode" --keep-going --as-found --time 0 \
        --json "$program" -- "$@" >"$printed" 2>&1 </dev/null || [ $? -eq 1 ] ||
        fail "$name cannot be explored"
    jq -e ".explore[0] | .traces == $wanted and .traces_exact" \
        "$printed" >/dev/null || fail "$compiler $mode $name $*: not $wanted"
}

for compiler in gcc clang-19; do
    traces $compiler dpor counter 34
    traces $compiler source counter 34
    traces $compiler sleep counter 34
    traces $compiler dpor fib 140
    traces $compiler source fib 140
    traces $compiler sleep fib 140
    traces $compiler dpor lock 5040 7
    traces $compiler dpor atomic 5040 7
    traces $compiler dpor lastzero 64 5
    traces $compiler sleep lastzero 64 5
    traces $compiler dpor lastzero 3328 10
    traces $compiler dpor readers 8192 13
    traces $compiler dpor casrot 2048 8
    traces $compiler source casrot 2048 8
    traces $compiler dpor indexer 1 11
    traces $compiler dpor indexer 4096 15
done

# With wakeup trees no execution is begun in vain.
"$LOCKSTEP" explore --mode dpor --time 0 --json "$work/gcc-lastzero" -- 10 \
    >"$printed" </dev/null
jq -e '.explore[0] | .blocked == 0 and .executions == 3328 and
    .verdict == "VERIFIED"' "$printed" >/dev/null || fail "redundant runs"
