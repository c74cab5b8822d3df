# The gate itself: red when a fix is its bug, when a bug is its fix, when a
# source does not compile, when nothing is recorded; 3 when a detector is broken.
. "$(dirname "$0")/lib.sh"

case=data-race/unlocked-counter
fresh() {
    rm -rf "$work/c"
    corpus "$work/c" $case
}
gate() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" gate --cases "$work/c" --out "$work/out" \
        --detector tsan-gcc "$@"
}

fresh
gate 0
said "^gate: passed"

fresh
cp "$work/c/$case/buggy.c" "$work/c/$case/fixed.c"
gate 1
said "unlocked-counter:fixed under tsan-gcc: a fix must be clean"
said "^gate: FAILED"

fresh
cp "$work/c/$case/fixed.c" "$work/c/$case/buggy.c"
gate 1
said "unlocked-counter:buggy under tsan-gcc: recorded flagged, measured missed"

fresh # flagged, but at another place than the truth says
sed -i 's|counter++; .*|counter++;|; s|sched_yield()); .*|sched_yield()); /* @site increment */|' \
    "$work/c/$case/"*.c
gate 1
said "unlocked-counter:buggy under tsan-gcc: recorded flagged"

fresh # better than recorded
sed -i 's/^    verdict: flagged$/    verdict: missed\n    reason: a guess/' \
    "$work/c/$case/case.yaml"
gate 1
said "better than recorded"

fresh # nothing recorded
sed -i '/^expect:/,$d' "$work/c/$case/case.yaml"
gate 1
said "nothing is recorded; flagged in 1 of 1 runs; .lockstep measure --write"

fresh
echo 'int broken(' >>"$work/c/$case/fixed.c"
gate 1
said "unlocked-counter:fixed under tsan-gcc: does not compile"
said "fixed.c:[0-9]+:[0-9]+: error"

fresh # a fix that ends without its token
sed -i 's/return case_end(.*/return 0;/; /^ *counter, threads \* increments);/d' \
    "$work/c/$case/fixed.c"
sed -i '/threads \* increments);$/d' "$work/c/$case/fixed.c"
gate 1
said "unlocked-counter:fixed under tsan-gcc: .*did not end as it must"

fresh # a fix that dies
sed -i 's/return case_end(/abort();\n    &/' "$work/c/$case/fixed.c"
gate 1
said "unlocked-counter:fixed under tsan-gcc: the program died in 1 of 1 runs"
said "if it does so under the detector only, .lockstep measure --write"

fresh # recorded to die, but it lives
sed -i 's/^    verdict: flagged$/    verdict: crashes\n    reason: a guess/' \
    "$work/c/$case/case.yaml"
gate 1
said "better than recorded: recorded crashes, measured flagged"

corpus "$work/d" data-race/c11-counter # a program that kills the detector
dies() {
    expect "$1" "$LOCKSTEP" gate --cases "$work/d" --out "$work/out" \
        --detector tsan-gcc
}
dies 0
said "c11-counter +crash crash"
sed -i '/^expect:/,$d' "$work/d/data-race/c11-counter/case.yaml"
dies 3
said "tsan-gcc died on data-race/c11-counter:fixed in 1 of 1 runs"
said "if it must, .lockstep measure --write data-race/c11-counter. records it"

fresh # a compiler that forgets -fsanitize=thread: a dead detector
mkdir -p "$work/bin"
cat >"$work/bin/gcc" <<'X'
#!/bin/sh
for a; do
    shift
    [ "$a" = -fsanitize=thread ] || set -- "$@" "$a"
done
exec /usr/bin/gcc "$@"
X
chmod +x "$work/bin/gcc"
export PATH="$work/bin:$PATH"
gate 3
said "tsan-gcc is broken: canary race.c"
said "^gate: incomplete"
