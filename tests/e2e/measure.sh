# measure: a case without expectations gets them, needs its reasons, and then
# passes the gate; measuring again changes numbers only; what is wrong is told
# and nothing is written.
. "$(dirname "$0")/lib.sh"

case=data-race/two-tills
yaml=$work/c/$case/case.yaml
measure() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" measure --cases "$work/c" --out "$work/out" \
        --detector tsan-gcc,watchdog --repeat 2 --plain 4 "$@" two-tills
}
# The lists and the comments of the manifest, without their numbers.
shape() {
    sed 's/\([a-z]: \)[0-9][0-9.]*/\1N/g' "$yaml"
}

mkdir -p "$work/c/$case"
cp "$SOURCE/cases/case.h" "$work/c/"
cat >"$work/c/$case/buggy.c" <<'X'
#include "case.h"
#include <pthread.h>
#include <unistd.h>
long sum;
static void *till(void *p)
{
    long seen = sum; /* @site read */
    usleep(200000);
    sum = seen + 1; /* @site write */
    return p;
}
int main(void)
{
    pthread_t a, b;
    CASE_CHECK(pthread_create(&a, NULL, till, NULL));
    CASE_CHECK(pthread_create(&b, NULL, till, NULL));
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return case_end(sum == 2, "the sum is %ld", sum);
}
X
sed 's|long seen = sum;.*|pthread_mutex_lock(\&m); &|
    s|sum = seen + 1;.*|&\n    pthread_mutex_unlock(\&m);|
    s|^long sum;|&\npthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;|' \
    "$work/c/$case/buggy.c" >"$work/c/$case/fixed.c"
cat >"$yaml" <<'X'
# of the case
title: Two tills take the same sum
model: pthread
origin: a test
failure: wrong-value
scenario: none
diagnosis: none
truth:
  - {kinds: [data-race], object: sum, sites: [read, write]}
# of what follows
cwe: [362]
X
cp "$yaml" "$work/bare.yaml"

# Without --write it only prints, ready to be pasted.
measure 0
said "^plain:$"
said "^  - .variant: buggy, shows: 4, runs: 4.$"
said "^  - .detectors: .tsan-gcc., verdict: flagged.$"
said "^    verdict: missed$"
said "two-tills: 1 reason to give"
cmp -s "$yaml" "$work/bare.yaml" || fail "written without --write"

measure 0 --write
said "^# written in .*two-tills/case.yaml"
cat "$yaml" >"$printed"
said "^    reason: WHY$"
said "^# of what follows$"
diff "$work/bare.yaml" "$yaml" | grep '^<' && fail "a line was lost"

# Every verb waits for the reason, and says where.
expect 2 "$LOCKSTEP" gate --cases "$work/c"
said "case.yaml:[0-9]+: 'reason: WHY' waits for the reason"
sed -i 's/WHY/It ends./' "$yaml"
expect 0 "$LOCKSTEP" gate --cases "$work/c" --out "$work/out" \
    --detector tsan-gcc,watchdog
said "^gate: passed"

# Once more: nothing but numbers may change.
shape >"$work/shape"
measure 0 --write
shape | diff "$work/shape" - || fail "measuring again changed more than numbers"

# Another build of the same bug, and the report that it provokes.
sed -i 's/^plain:/&\n  - {flags: ["-O2"], shows: 0, runs: 1} # fast/
    s/tsan-gcc\], verdict: flagged/&, reports: [data race]/' "$yaml"
measure 0 --write
cat "$yaml" >"$printed"
said '^  - .flags: \["-O2"\], shows: 4, runs: 4. # fast$'
said "flagged, reports: \[data race\]"
sed -i 's/reports: .data race./reports: [thread leak]/' "$yaml"
cp "$yaml" "$work/before.yaml"
measure 1 --write
said "two-tills:buggy under tsan-gcc: recorded to report 'thread leak', which"
expect 1 "$LOCKSTEP" gate --cases "$work/c" --out "$work/out" \
    --detector tsan-gcc two-tills
said "it reported 'data race'"
cmp -s "$yaml" "$work/before.yaml" || fail "written though it does not pass"
sed -i 's/thread leak/data race/' "$yaml"

# What the detectors say without the plain runs, and of one variant.
measure 0 --write --plain 0
said "^# as it stands in "
expect 0 "$LOCKSTEP" measure --cases "$work/c" --out "$work/out" \
    --detector watchdog --plain 1 two-tills:fixed
said "shows: 4, runs: 4"
expect 0 "$LOCKSTEP" measure --cases "$work/c" --out "$work/out" \
    --plain 3 --plain-only two-tills
said "shows: 3, runs: 3"
said "flagged, reports: .data race."

# A fix that fails plainly, in one of the builds only.
cp "$work/c/$case/fixed.c" "$work/fixed.c"
sed -i 's|^static void|#ifdef __OPTIMIZE__\
#define pthread_mutex_lock(m) (void)(m)\
#define pthread_mutex_unlock(m) (void)(m)\
#endif\
&|' "$work/c/$case/fixed.c"
cp "$yaml" "$work/before.yaml"
measure 1 --write
said "two-tills: nothing is recorded"
said "two-tills:fixed -O2: a fix must not fail, but in 4 of 4 plain runs: it ended with 1 and saw its invariant broken"
cmp -s "$yaml" "$work/before.yaml" || fail "written though the fix fails"
cp "$work/fixed.c" "$work/c/$case/fixed.c"

# A run that tells nothing is no figure.
cp "$work/c/$case/buggy.c" "$work/buggy.c"
sed -i 's|^    pthread_t a, b;|&\n    if (argc)\n        return 2;|
    s|main(void)|main(int argc, char **argv)|' "$work/c/$case/buggy.c"
measure 1 --write
said "two-tills:buggy: 4 of 4 plain runs neither held nor failed .*: it ended with 2 and no token"
cmp -s "$yaml" "$work/before.yaml" || fail "written though nothing was measured"
cp "$work/buggy.c" "$work/c/$case/buggy.c"

# What is edited while it is measured is not written over.
start() {
    env --default-signal=INT "$LOCKSTEP" measure --cases "$work/c" \
        --out "$work/out" --detector watchdog --plain 20 --write two-tills \
        >"$printed" 2>&1 </dev/null &
    pid=$!
    await_programs
}
ended() {
    code=0
    wait $pid || code=$?
    [ "$code" -eq "$1" ] || fail "exit code $code, not $1"
    cmp -s "$yaml" "$work/before.yaml" || fail "written"
}
start
echo '# a thought' >>"$yaml"
cp "$yaml" "$work/before.yaml"
ended 3
said "case.yaml: was changed meanwhile; nothing is written"

start
kill -INT $pid
ended 130
pgrep -f "$work/out/cache" >/dev/null && fail "an orphan is left"

expect 2 "$LOCKSTEP" measure --cases "$work/c"
said "measure needs a CASE"
