# The traces of bugs show them again each time, whatever the kind of bug: a
# sample of what `make replays` does.
. "$(dirname "$0")/lib.sh"

replays=$SOURCE/tests/explore/replays.sh
expect 0 sh "$replays" 20 lost-wakeup:buggy join-under-lock:buggy \
    refcount-test-split:buggy use-after-free:buggy double-unlock:buggy
said '^lost-wakeup:buggy: lost-wakeup 20 of 20$'
said '^join-under-lock:buggy: deadlock 20 of 20$'
said '^5 bugs shown again 100 times: 0 replays differ, of 0 bugs; 0 variants without'

# A thread that never goes on stays before a plain access, however the schedule
# was made.
cat >"$work/stays.c" <<'X'
#include <pthread.h>
#include <unistd.h>
static volatile int in, out;
static void *work(void *unused)
{
    in = 1;
    out = 1;
    return unused;
}
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    pthread_detach(a);
    usleep(1000);
    int i = in, o = out;
    return i != 0 && o == 0;
}
X
"$LOCKSTEP" cc -o "$work/stays" "$work/stays.c"
for how in --as-found --seed=1; do
    expect 1 "$LOCKSTEP" explore --keep-going --json $how -o "$work/stayed" \
        "$work/stays"
    check '.explore[0].bugs | map(.kind) | contains(["wrong-exit"])'
    check '.explore[0].bugs | all(.replayed)'
    for trace in $(jq -r '.explore[0].bugs[].trace' "$printed" | tr ' ' '?'); do
        expect 1 "$LOCKSTEP" replay "$trace"
    done
done

# One that does not show again is told.
cat >"$work/forgetful" <<X
#!/bin/sh
[ "\$1" != replay ] || [ ! -f "$work/asked" ] || exit 3
[ "\$1" != replay ] || touch "$work/asked"
exec "$LOCKSTEP" "\$@"
X
chmod +x "$work/forgetful"
LOCKSTEP=$work/forgetful
export LOCKSTEP
expect 1 sh "$replays" 3 lost-wakeup:buggy
said '^lost-wakeup:buggy: lost-wakeup 1 of 3$'
said '^1 bugs shown again 3 times: 2 replays differ, of 1 bugs; '
