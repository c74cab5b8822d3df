# In the corners of POSIX and of the compilers the explorer claims nothing that
# is false: programs of which the right verdict is known by reasoning.
. "$(dirname "$0")/lib.sh"

here=$(dirname "$0")/explore
compiler=${LOCKSTEP_CC:-gcc}
cat >"$work/corners.h" <<'H'
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#define LOCK pthread_mutex_lock
#define UNLOCK pthread_mutex_unlock
#define THREAD(name) static void *name(void *argument)
#define START(id, run) pthread_t id; pthread_create(&id, 0, run, 0)
#define JOIN(id) pthread_join(id, 0)
#define ROBUST(name)                                               \
    static pthread_mutex_t name;                                   \
    static void init_##name(void)                                  \
    {                                                              \
        pthread_mutexattr_t a;                                     \
        pthread_mutexattr_init(&a);                                \
        pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);     \
        pthread_mutex_init(&name, &a);                             \
    }
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
H
awk -v to="$work" '/^= / { file = to "/" $2 ".c"; print $2, $3 >(to "/list")
                           next }
                   file { print >file }' "$here/corners"

# Both searches: what is found by chance alone would not show a hole.
while read -r name verdict; do
    LOCKSTEP_CC=$compiler "$LOCKSTEP" cc -w -include "$work/corners.h" \
        -o "$work/$name" "$work/$name.c" 2>"$printed" ||
        fail "$name does not compile"
    for mode in auto dpor; do
        code=0
        "$LOCKSTEP" verify --time 30 --no-outcome --mode "$mode" \
            -o "$work/out" "$work/$name" >"$printed" 2>&1 </dev/null || code=$?
        case $code in
        0) got=VERIFIED ;;
        1) got=BUG ;;
        3) got=REFUSED ;;
        *) got="exit code $code" ;;
        esac
        [ "$got" = "$verdict" ] || fail "$name, $mode: $got, not $verdict"
    done
done <"$work/list"
