# A program built by `lockstep cc` is explored: its bug found, kept, and shown
# again and again; its fix verified, and nothing else ever is.
. "$(dirname "$0")/lib.sh"

programs=$SOURCE/tests/e2e/explore
build() {
    "$LOCKSTEP" cc -Wall -o "$work/$1" "$2" || fail "$1 does not compile"
}
write() {
    cat >"$work/$1.c"
    build "$1" "$work/$1.c"
}
trace_of() {
    sed -n "s/^ *replay: lockstep replay '\\{0,1\\}\\([^']*\\)'\\{0,1\\}$/\\1/p" \
        "$printed" | head -n 1
}

# The bug, its places with values, its trace, in another process each time.
build counter "$programs/counter.c"
expect 1 "$LOCKSTEP" explore "$work/counter"
said '^data race$'
said 'thread [12] (reads|writes) `counter`'
said 'at counter.c:(9|10), in work'
said '> T[12] .*`counter`: '
trace=$(trace_of)
[ -f "$trace" ] || fail "no trace"
for i in $(seq 100); do
    expect 1 "$LOCKSTEP" replay "$trace"
done
said '^data race$'

# After a race the failure that it leads to, by one interruption: both are told,
# each with a trace, the same in every run, in 80 columns.
expect 1 "$LOCKSTEP" explore "$work/counter"
said '^what it leads to, found in [0-9]+ more execution'
said '^the program fails: exit code 1'
said '^  ! T[12] +reads `counter`: 0 '
[ "$(grep -c '^  ! ' "$printed")" -eq 1 ] || fail "more than one interruption"
! grep -v 'replay\|BUG' "$printed" | grep -q '.\{81\}' || fail "too wide"
for i in 1 2; do
    expect 1 "$LOCKSTEP" explore --json "$work/counter"
    check '.explore[0] | .bugs[0].kind == "data-race" and
        .bugs[1].kind == "wrong-exit" and .bugs[1].outcome and
        .bugs[1].preemptions == 1 and .bugs[1].replayed'
    jq '.explore[0] | del(.. | .seconds?, .trace?)' "$printed" >"$work/run.$i"
done
cmp -s "$work/run.1" "$work/run.2" || fail "two runs differ"
outcome=$(jq -r '.explore[0].bugs[1].trace' "$printed")
for i in $(seq 20); do
    expect 1 "$LOCKSTEP" replay "$outcome"
done
said '^the program fails: exit code 1'
expect 1 "$LOCKSTEP" explore --as-found --json "$work/counter"
check '.explore[0] | (.bugs | length == 1) and .outcome == null'
expect 1 "$LOCKSTEP" explore --color=always "$work/counter"
said "$(printf '\033')\[1;31m!"
unsaid_color() {
    unsaid "$(printf '\033')"
}
expect 1 "$LOCKSTEP" explore "$work/counter"
unsaid_color

# Several searches at a time: the same bug in every run, the same traces, and
# nothing is left of them when the tool is killed.
write rare <<'X'
#include <pthread.h>
#include <stdatomic.h>
static atomic_int a, last;
static void *one(void *unused)
{
    for (int i = 0; i < 9; i++)
        atomic_store(&a, i);
    return unused;
}
static void *two(void *unused)
{
    for (int i = 0; i < 9; i++)
        if (atomic_load(&a) == atomic_load(&last) + 1)
            atomic_fetch_add(&last, 1);
    return unused;
}
int main(void)
{
    pthread_t x, y;
    pthread_create(&x, 0, one, 0);
    pthread_create(&y, 0, two, 0);
    pthread_join(x, 0);
    pthread_join(y, 0);
    return last > 4;
}
X
for i in 1 2 3; do
    expect 1 "$LOCKSTEP" explore --mode random --time 0 --as-found -j 3 \
        --json "$work/rare"
    jq '.explore[0].bugs[0] | [.execution, .trace_steps]' "$printed" \
        >"$work/run.$i"
done
cmp -s "$work/run.1" "$work/run.2" && cmp -s "$work/run.1" "$work/run.3" ||
    fail "the bug that is found depends on the time"
build lock "$programs/lock.c"
expect 0 "$LOCKSTEP" verify -j 3 --json "$work/lock" -- 4
check '.explore[0] | .traces == 24 and .traces_exact'
"$LOCKSTEP" verify -j 3 --time 60 "$work/lock" -- 9 >/dev/null 2>&1 &
tool=$!
sleep 1
kill -9 $tool
wait $tool 2>/dev/null || :
sleep 0.5
! pgrep -f -- "^$work/lock" >/dev/null || fail "a killed tool leaves orphans"

# A race that leads to nothing is told to: all schedules were tried.
write harmless <<'X'
#include <pthread.h>
static int number;
static void *work(void *unused)
{
    number = 1;
    return unused;
}
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    number = 2;
    pthread_join(a, 0);
    return 0;
}
X
expect 1 "$LOCKSTEP" explore "$work/harmless"
said '^data race$'
said '^no failure that it leads to in 202 more .* no schedule has one$'

# Each option does what it says.
write wait-if <<'X'
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int ready;
static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_cond_signal(&cond);
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void)
{
    pthread_t a;
    int seen;
    pthread_create(&a, 0, work, 0);
    pthread_mutex_lock(&lock);
    if (!ready)
        pthread_cond_wait(&cond, &lock);
    seen = ready;
    pthread_mutex_unlock(&lock);
    pthread_join(a, 0);
    return !seen;
}
X
expect 0 "$LOCKSTEP" verify "$work/wait-if"
expect 1 "$LOCKSTEP" verify --spurious "$work/wait-if"
said 'exit code 1'
for mode in auto random pct dfs sleep source dpor; do
    expect 0 "$LOCKSTEP" explore --mode $mode --executions 7 --seed 3 --depth 2 \
        --json "$work/lock" -- 3
    check '.explore[0].executions <= 7 and .explore[0].bugs == []'
done
expect 2 "$LOCKSTEP" explore --mode nonsense "$work/lock"
expect 3 "$LOCKSTEP" verify --executions 5 "$work/lock" -- 4
said 'NOT FOUND .*the number of executions was bounded'
expect 3 "$LOCKSTEP" verify --steps 6 "$work/lock" -- 4
said 'BOUNDED .*cut at the bound of steps'
expect 3 "$LOCKSTEP" verify --preemptions 0 "$work/lock" -- 3
said 'BOUNDED .*more preemptions exist'

# A search that cannot be finished tries the schedules of few preemptions, which
# find what the others come to late; and says how far it came, always the same.
write sections <<'X'
#include <pthread.h>
#include <stdatomic.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int first;
static int sum, split;
static void *work(void *unused)
{
    int seen = first;
    first = split ? seen + 1 : first + 1;
    for (int i = 0; i < 12; i++) {
        pthread_mutex_lock(&lock);
        sum++;
        pthread_mutex_unlock(&lock);
    }
    return unused;
}
int main(int argc, char **argv)
{
    pthread_t t[3];
    split = argc > 1;
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], 0, work, argv);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], 0);
    return split ? first != 3 : sum != 36;
}
X
few='BOUNDED .*every schedule with at most 1 preemption was tried; the whole'
for i in 1 2; do
    expect 3 "$LOCKSTEP" verify --time 0 --work 400000 --json "$work/sections"
    check '.explore[0] | .verdict == "BOUNDED" and (.complete | not) and
        .preemptions_covered == 1'
    jq '.explore[0] | del(.seconds)' "$printed" >"$work/run.$i"
done
cmp -s "$work/run.1" "$work/run.2" || fail "two searches differ"
expect 3 "$LOCKSTEP" verify --time 0 --work 400000 "$work/sections"
said "$few"
expect 3 "$LOCKSTEP" verify --time 2 "$work/sections"
said 'BOUNDED \(every schedule (without a|with at most [0-9]+) preemption'
expect 3 "$LOCKSTEP" verify --mode dpor --time 0 --work 400000 --json \
    "$work/sections" -- split
check '.explore[0] | .verdict == "NOT FOUND" and .preemptions_covered == null'
expect 1 "$LOCKSTEP" verify --time 0 --work 400000 --json "$work/sections" -- \
    split
check '.explore[0].bugs[0] | .kind == "wrong-exit" and .preemptions == 1'

# A trace is of one program, and says so of another.
cp "$work/counter" "$work/kept"
printf x >>"$work/counter"
expect 2 "$LOCKSTEP" replay "$trace"
said 'is not the program that the trace was made with'
mv "$work/kept" "$work/counter"
head -n 5 "$trace" >"$work/cut.trace"
expect 2 "$LOCKSTEP" replay "$work/cut.trace"
said 'cut off'

# What is right is verified, and the terms are told.
expect 0 "$LOCKSTEP" verify "$work/lock" -- 4
said '^.*lock: VERIFIED \(SC; this input; gcc -O0; '
expect 1 "$LOCKSTEP" verify "$work/counter"

# Who spins is never taken for stuck while another can free it.
build peterson "$programs/objects/peterson.c"
expect 0 "$LOCKSTEP" verify "$work/peterson"

# Readers have a count each.
build readers-twice "$programs/objects/readers-twice.c"
expect 0 "$LOCKSTEP" verify "$work/readers-twice"

# The cases: a deadlock with its circle, a lost wake-up, and their fixes.
expect 2 "$LOCKSTEP" explore no-such-case
said no-such-case
expect 1 "$LOCKSTEP" explore lost-wakeup
said 'lost-wakeup:buggy: BUG'
said 'lost wake-up: .*nobody is left to signal'
said 'lost-wakeup:fixed: VERIFIED'
expect 1 "$LOCKSTEP" explore join-under-lock:buggy
said 'who waits for whom: T0 -> T1 -> T0 \(a circle\)'
said 'which thread 0 holds since buggy.c:[0-9]+'

# Several files, by make.
mkdir "$work/project"
cat >"$work/project/Makefile" <<'X'
CFLAGS = -O2 -g
program: main.o work.o
	$(CC) -o $@ $^ -pthread
X
cat >"$work/project/main.c" <<'X'
#include <pthread.h>
void *work(void *);
int number;
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    number = 1;
    pthread_join(a, 0);
    return 0;
}
X
cat >"$work/project/work.c" <<'X'
extern int number;
void *work(void *unused)
{
    number = 2;
    return unused;
}
X
expect 0 make -C "$work/project" CC="'$LOCKSTEP' cc"
expect 1 "$LOCKSTEP" explore "$work/project/program"
said 'data race'
said 'main.c:8'
said 'work.c:4'

# What printf reads for %s is read.
write strings <<'X'
#include <pthread.h>
#include <stdio.h>
static char name[8] = "abc";
static void *work(void *unused)
{
    name[1] = 'x';
    return unused;
}
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    printf("%-*d %5.2f %ld %.3s|%s\n", 4, 3, 2.5, 7L, "hello", name);
    pthread_join(a, 0);
    return 0;
}
X
expect 1 "$LOCKSTEP" verify "$work/strings"
said 'thread 0 reads `name\[\+1\]`'

# A program runs by itself, too: one schedule.
expect 0 "$work/lock" 3

# What cannot be followed is refused aloud, and never called verified.
expect 1 "$LOCKSTEP" cc -shared -o "$work/no.so" "$programs/lock.c"
said 'a shared library cannot be explored'
expect 1 "$LOCKSTEP" cc -fopenmp -o "$work/no" "$programs/lock.c"
said 'OpenMP cannot be explored'
write signals <<'X'
#include <unistd.h>
int main(void)
{
    alarm(1);
    return 0;
}
X
expect 3 "$LOCKSTEP" verify "$work/signals"
said 'BOUNDED \(a function was called that is not modelled; named: alarm\)'
write assembly <<'X'
int main(void)
{
    __asm__ volatile("nop");
    return 0;
}
X
expect 3 "$LOCKSTEP" verify "$work/assembly"
said 'inline assembly; named: assembly.c'
cat >"$work/bare.c" <<'X'
int bare(void) { return 0; }
X
cat >"$work/calls.c" <<'X'
int bare(void);
int main(void) { return bare(); }
X
gcc -c -o "$work/bare.o" "$work/bare.c"
expect 0 "$LOCKSTEP" cc -o "$work/calls" "$work/calls.c" "$work/bare.o"
expect 3 "$LOCKSTEP" verify "$work/calls"
said 'not instrumented; named: bare.o'
gcc -shared -fPIC -o "$work/libbare.so" "$work/bare.c"
expect 0 "$LOCKSTEP" cc -Wl,--as-needed -o "$work/library" "$work/calls.c" \
    -L "$work" -lbare -Wl,-rpath,"$work"
expect 3 "$LOCKSTEP" verify "$work/library"
said 'not modelled; named: bare'
gcc -o "$work/foreign" "$work/bare.c" -x c - <<'X'
int main(void) { return 0; }
X
expect 2 "$LOCKSTEP" explore "$work/foreign"
said 'build it with `lockstep cc`'
