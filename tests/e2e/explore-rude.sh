# Programs that crash, loop, leave, flood, fork or make too many threads: a clear
# verdict each, in bounded time, and no orphan.
. "$(dirname "$0")/lib.sh"

write() {
    cat >"$work/$1.c"
    "$LOCKSTEP" cc -o "$work/$1" "$work/$1.c" || fail "$1 does not compile"
}
no_orphan() {
    sleep 0.2
    ! pgrep -f -- "^$work/$1" >/dev/null || fail "$1 is still there"
}

write crash <<'X'
#include <pthread.h>
static int *volatile where;
static void *work(void *unused)
{
    *where = 1;
    return unused;
}
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    pthread_join(a, 0);
    return 0;
}
X
expect 1 "$LOCKSTEP" explore "$work/crash"
said '^crash: Segmentation fault at address 0x0'
said 'at crash.c:5, in work'
no_orphan crash

write loop <<'X'
int main(void)
{
    for (;;)
        ;
}
X
expect 3 "$LOCKSTEP" verify --time 1 "$work/loop"
said 'NOT FOUND .*a thread loops without any operation|NOT FOUND .*the bound on steps'
no_orphan loop

# Plain accesses are no steps, but they are bounded and cost, too.
write endless <<'X'
#include <pthread.h>
static int sum[2];
static void *work(void *unused)
{
    for (int i = 0;; i = !i)
        sum[i]++;
    return unused;
}
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    pthread_join(a, 0);
    return 0;
}
X
expect 3 timeout 60 "$LOCKSTEP" verify --time 0 --work 100000 "$work/endless"
said '(BOUNDED|NOT FOUND) \(executions were cut at the bound of steps; '
said 'thread 1 goes round at endless.c:6'
expect 0 timeout 60 "$LOCKSTEP" explore --mode random --time 0 --work 1000000 \
    --json "$work/endless"
check '.explore[0] | .executions > 1 and .executions < 20'
no_orphan endless

# It may be that it ends one day: that is no bug that can be told. Others are cut
# because the search does not let anybody else go on, also where who goes round
# holds most of the time what they want.
for who in counts waits keeps; do
    write $who <<X
#include <pthread.h>
#include <stdatomic.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int turns, over, counts = 1, waits, keeps;
static atomic_int ready;
static void *work(void *unused)
{
    for (int on = 1; on;) {
        pthread_mutex_lock(&lock);
        turns++;
        on = counts || !(waits ? atomic_load(&ready) : over);
        for (int i = 0; keeps && i < 9; i++)
            atomic_load(&ready);
        pthread_mutex_unlock(&lock);
    }
    return unused;
}
int main(void)
{
    pthread_t a;
    counts = 0, $who = 1;
    pthread_create(&a, 0, work, 0);
    if (!counts)
        atomic_store(&ready, 1);
    pthread_mutex_lock(&lock);
    over = 1;
    pthread_mutex_unlock(&lock);
    pthread_join(a, 0);
    return 0;
}
X
    expect 3 "$LOCKSTEP" verify --time 5 "$work/$who"
    said '(BOUNDED|NOT FOUND) .*cut at the bound of steps; '
    [ $who != counts ] || said "thread 1 goes round at counts.c:[0-9]*, while no"
    [ $who = counts ] || unsaid 'while no other can go on'
done
for steps in 3000 3001 3002 3003 3004 3005 3006 3007; do # wherever it is cut
    expect 3 "$LOCKSTEP" verify --time 5 --steps $steps "$work/keeps"
    unsaid 'while no other can go on'
done

write spin <<'X'
#include <pthread.h>
#include <stdatomic.h>
static atomic_int ready;
static void *work(void *unused)
{
    while (!atomic_load(&ready))
        ;
    return unused;
}
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    pthread_join(a, 0);
    return 0;
}
X
expect 1 "$LOCKSTEP" explore "$work/spin"
said 'spins for ever'
said 'thread 1 spins on `ready`'

# It does under a lock, so that no race ever shows it.
write spin-locked <<'X'
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int ready, closed;
static void *work(void *unused)
{
    pthread_mutex_lock(&lock);
    while (!ready && !closed)
        ;
    pthread_mutex_unlock(&lock);
    return unused;
}
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_mutex_unlock(&lock);
    pthread_join(a, 0);
    return 0;
}
X
expect 1 "$LOCKSTEP" verify -o "$work/spun" "$work/spin-locked"
said 'spins for ever'
said 'thread 1 spins on `(ready|closed)`'
expect 1 "$LOCKSTEP" replay "$work"/spun/traces/spin-locked-*.trace
said 'thread 0 waits for mutex `lock`, which thread 1 holds'

write nobody <<'X'
#include <pthread.h>
int main(void)
{
    return pthread_join((pthread_t)16, 0) == 0;
}
X
expect 1 "$LOCKSTEP" explore "$work/nobody"
said 'misuse: join or detach of what is no thread'
said '^  thread 0 does it with 0x10$'

write leaves <<'X'
#include <pthread.h>
#include <stdlib.h>
static void *work(void *unused)
{
    exit(7);
    return unused;
}
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    pthread_join(a, 0);
    return 0;
}
X
expect 1 "$LOCKSTEP" explore "$work/leaves"
said 'exit code 7'

write flood <<'X'
#include <stdio.h>
int main(void)
{
    for (int i = 0; i < 30000000; i++)
        puts("a line that is printed very often indeed, over and over again");
    return 0;
}
X
expect 3 "$LOCKSTEP" verify --time 1 "$work/flood"
said 'NOT FOUND \(the search was not finished'
no_orphan flood

write forks <<'X'
#include <unistd.h>
int main(void)
{
    return fork() < 0;
}
X
expect 3 "$LOCKSTEP" verify "$work/forks"
said 'BOUNDED \(a function was called that is not modelled; named: fork\)'
no_orphan forks

# threads NAME N: N of them that do nothing.
threads() {
    write "$1" <<X
#include <pthread.h>
static void *work(void *unused)
{
    return unused;
}
int main(void)
{
    pthread_t ids[$2];
    for (int i = 0; i < $2; i++)
        pthread_create(&ids[i], 0, work, 0);
    for (int i = 0; i < $2; i++)
        pthread_join(ids[i], 0);
    return 0;
}
X
}
threads crowd 200
expect 3 "$LOCKSTEP" verify --time 2 "$work/crowd"
said 'more threads than can be handled'
no_orphan crowd

threads many 100
expect 0 "$LOCKSTEP" verify "$work/many"

# rude NAME BODY SAID: a thread that does what cannot be followed, which ends
# the exploration and is named.
rude() {
    write "$1" <<X
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
static void *work(void *unused)
{
    char *argv[] = {(char *)"true", NULL};
    (void)argv;
    $2
    return unused;
}
int main(void)
{
    pthread_t a, b;
    pthread_create(&a, 0, work, 0);
    pthread_create(&b, 0, work, 0);
    pthread_join(a, 0);
    pthread_join(b, 0);
    return 0;
}
X
    expect 3 "$LOCKSTEP" verify --time 5 "$work/$1"
    said "(BOUNDED|NOT FOUND) .*$3"
    no_orphan "$1"
}
rude vforks 'if (vfork() == 0) _exit(0);' 'named: vfork'
rude spawns 'pid_t p; posix_spawn(&p, "/bin/true", 0, 0, argv, 0);' \
    'named: posix_spawn'
rude executes 'execv("/bin/true", argv);' 'named: execv'
rude by-number 'syscall(SYS_gettid);' 'named: syscall'
rude loads 'dlopen("libm.so.6", RTLD_NOW);' 'named: dlopen'
rude many-events 'epoll_create1(0);' 'named: epoll_create1'
rude network 'socket(AF_INET, SOCK_STREAM, 0);' 'named: socket'
rude timer 'timer_t t; timer_create(CLOCK_REALTIME, 0, &t);' \
    'named: timer_create'
rude unshares 'unshare(CLONE_FS);' 'named: unshare'
rude redirects 'int f[2]; if (pipe(f) == 0) dup2(f[1], 1);' \
    'named: another stdin, stdout or stderr'
rude local-loop 'for (volatile int i = 0;; i++)
        ;' 'a thread loops without any operation'
