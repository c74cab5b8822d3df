# What is known does not fail, what is new does, what vanished is told; an entry
# outlives moved lines, not changed code. Suppressions are honoured and counted.
. "$(dirname "$0")/lib.sh"

cd "$work"
cat >racy.c <<'X'
#include <pthread.h>
#include <stdio.h>
static int tickets, visitors;
static void *sell(void *arg)
{
    tickets++;
    return arg;
}
static void *enter(void *arg)
{
    visitors++;
    return arg;
}
int main(int argc, char **argv)
{
    pthread_t t[4];
    (void)argv;
    for (int i = 0; i < 2; i++) {
        pthread_create(&t[i], NULL, sell, NULL);
        pthread_create(&t[i + 2], NULL, argc > 1 ? enter : sell, NULL);
    }
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    return 0;
}
X
build() {
    gcc -gdwarf-4 -O0 -no-pie -pthread -o racy racy.c
}
run() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" run --out "$work/out" --detector drd,helgrind \
        "$@"
}
build
run 2 --baseline known.json -- ./racy
said "known.json: cannot be read: .*baseline update"
run 1 --json -- ./racy
cp "$printed" first.json
expect 0 "$LOCKSTEP" baseline update known.json first.json --reason "a demo"
said "^known.json: 1 known finding, 1 added, 0 taken away"
expect 0 "$LOCKSTEP" baseline show known.json
said "^  racy.c, sell\(\): tickets\+\+;"
said "accepted: a demo"

# Known, and still so with all lines moved and the comment changed.
run 0 --baseline known.json -- ./racy
said "racy.c:6:.*; known\]"
said "^1 finding at 1 place, 0 new"
sed -i '1i /* A comment */\n\n' racy.c
sed -i 's|tickets++;|tickets++;   /* one more */|' racy.c
build
run 0 --baseline known.json -- ./racy
said "racy.c:9:.*; known\]"

# A new one beside it.
run 1 --baseline known.json -- ./racy twice
said "visitors"
said "2 findings at 2 places, 1 new"
said "failed: +1 new finding"
accept=$(sed -n 's/^To accept what is known: //p' "$printed")
[ -n "$accept" ] || fail "it does not say how to accept it"
expect 0 sh -c "lockstep() { \"$LOCKSTEP\" \"\$@\"; }; $accept"
said "2 known findings, 1 added"
run 0 --baseline known.json -- ./racy twice

# Vanished: told, no failure; taken away only when one says so.
run 0 --baseline known.json -- ./racy
said "^Known, but not seen in these runs:"
said "^  data race in enter\(\) of racy.c: visitors\+\+;"
run 0 --baseline known.json --json -- ./racy
jq -e '.vanished | length == 1' "$printed" >/dev/null || fail "not in the JSON"
cp "$printed" third.json
expect 0 "$LOCKSTEP" baseline update known.json third.json
said "2 known findings, 0 added, 0 taken"
expect 0 sh -c '"$1" baseline update --prune known.json - <third.json' sh \
    "$LOCKSTEP"
said "1 known finding, 0 added, 1 taken"
run 1 --baseline known.json -- ./racy twice

# Changed code is a new finding.
sed -i 's|tickets++;|tickets += 2;|' racy.c
build
run 1 --baseline known.json -- ./racy
said "1 new"

# Files that are none.
echo '{"findings": [' >broken.json
run 2 --baseline broken.json -- ./racy
said "broken.json:2: no JSON"
echo '{}' >other.json
run 2 --baseline other.json -- ./racy
said "other.json: neither a baseline nor"
expect 2 "$LOCKSTEP" baseline forget known.json
said "followed by show or update"
expect 2 "$LOCKSTEP" baseline update
said "takes a FILE"
expect 0 "$LOCKSTEP" baseline update empty.json
said "^empty.json: 0 known findings"
run 1 --baseline empty.json -- ./racy
said "1 new"

# Suppressions of the user's, per detector, are honoured and counted.
cat >drd.supp <<'X'
{
   the-box-office
   drd:ConflictingAccess
   fun:sell
}
X
cat >helgrind.supp <<'X'
{
   the-ticket-race
   Helgrind:Race
   fun:sell
}
X
run 0 --suppressions drd=drd.supp --suppressions helgrind=helgrind.supp \
    -- ./racy
said "^  drd +[0-9]+ reports? suppressed by the-box-office \([0-9]+\)$"
said "^  helgrind +[0-9]+ reports? suppressed by .*the-ticket-race \([0-9]+\)"
# The environment's own count as well.
VALGRIND_OPTS="--suppressions=$PWD/drd.supp"
case $PWD in *' '*) cp drd.supp /tmp/lockstep-e2e-$$.supp &&
    VALGRIND_OPTS="--suppressions=/tmp/lockstep-e2e-$$.supp" ;; esac
export VALGRIND_OPTS
expect 0 "$LOCKSTEP" run --out "$work/out" --detector drd -- ./racy
rm -f /tmp/lockstep-e2e-$$.supp
said "the-box-office"
unset VALGRIND_OPTS

gcc -g -O0 -fsanitize=thread -pthread -o racy-tsan racy.c
tsan() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" run --out "$work/out" --detector tsan-gcc "$@"
}
tsan 1 -- ./racy-tsan
echo "race:sell" >tsan.supp
tsan 0 --suppressions tsan-gcc=tsan.supp -- ./racy-tsan
said "^  tsan-gcc +[0-9]+ reports? suppressed by race:sell \([0-9]+\)"
export TSAN_OPTIONS="suppressions='$PWD/tsan.supp':verbosity=0"
tsan 0 -- ./racy-tsan
said "suppressed by race:sell"
