# In the corners of POSIX and of the compilers the explorer claims nothing that
# is false: programs of which the right verdict is known by reasoning.
. "$(dirname "$0")/lib.sh"

here=$(dirname "$0")/explore
cat >"$work/corners.h" <<'H'
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
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
awk -v to="$work" '/^= / { file = to "/" $2 ".c"; print $2, $3, $4, $5 >(to "/list")
                           next }
                   file { print >file }' "$here/corners"

# Both searches: what is found by chance alone would not show a hole.
judged() {
    LOCKSTEP_CC=$1 "$LOCKSTEP" cc -w -include "$work/corners.h" \
        -o "$work/$2" "$work/$2.c" 2>"$printed" ||
        fail "$2 does not compile by $1"
    for mode in auto dpor; do
        code=0
        "$LOCKSTEP" verify --time 30 --no-outcome --mode "$mode" $4 \
            -o "$work/out" "$work/$2" >"$printed" 2>&1 </dev/null || code=$?
        case $code in
        0) got=VERIFIED ;;
        1) got=BUG ;;
        3) got=REFUSED ;;
        *) got="exit code $code" ;;
        esac
        [ "$got" = "$3" ] || fail "$2, $1, $mode: $got, not $3"
    done
}

clang=$(command -v clang-19 || true)
while read -r name verdict both option; do
    judged gcc "$name" "$verdict" "$option"
    if [ "$both" = both ] && [ "$clang" ]; then
        judged clang-19 "$name" "$verdict" "$option"
    fi
done <"$work/list"
