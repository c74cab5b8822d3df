# A program that is not ours, built already: who can judge it runs it, one race
# seen by several is told once with rates, its own exit code is told apart, a
# hang in the watchdog's words, and what cannot be judged is refused with a word.
. "$(dirname "$0")/lib.sh"

cd "$work"
cat >racy.c <<'X'
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
static int tickets;
static void *sell(void *arg)
{
    for (int i = 0; i < 1000; i++)
        tickets++;
    return arg;
}
int main(int argc, char **argv)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, sell, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    printf("%d sold\n", tickets);
    return argc > 1 ? atoi(argv[1]) : 0;
}
X
cat >calm.c <<'X'
#include <stdlib.h>
int main(int argc, char **argv)
{
    return argc > 1 ? atoi(argv[1]) : 0;
}
X
cat >stuck.c <<'X'
#include <pthread.h>
static pthread_mutex_t shelf = PTHREAD_MUTEX_INITIALIZER;
int main(void)
{
    pthread_mutex_lock(&shelf);
    pthread_mutex_lock(&shelf);
    return 0;
}
X
cat >crash.c <<'X'
#include <stdlib.h>
int main(void)
{
    abort();
}
X
cat >c11.c <<'X'
#include <threads.h>
static int work(void *arg)
{
    return arg != NULL;
}
int main(void)
{
    thrd_t t;
    return thrd_create(&t, work, NULL) != thrd_success ||
           thrd_join(t, NULL) != thrd_success;
}
X
sed -i '1i #include <stddef.h>' c11.c
flags="-gdwarf-4 -O0 -no-pie -pthread"
for each in racy calm stuck crash c11; do
    gcc $flags -o $each $each.c
done
gcc $flags -static -o calm-static calm.c
gcc -g -fsanitize=thread -pthread -o racy-gcc racy.c
gcc -O0 -no-pie -o calm-bare calm.c
gcc $flags -gdwarf-5 -o calm-5 calm.c
run() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" run --out "$work/out" "$@"
}
valgrind="--detector helgrind,drd"

# Found by both, told once; the program's own code is 0.
run 1 $valgrind --repeat 3 -- ./racy
said "^helgrind +3 +3 +[0-9.]+ ended well"
said "^racy.c:8:.*warning: data race on .tickets. \[drd 3/3, helgrind 3/3\]"
[ "$(grep -c 'racy.c:8:.*warning' "$printed")" -eq 1 ] || fail "told twice"
said "  failed: +[12] findings?"
said "^failed"
awk 'length > 80 && !/baseline update|warning|note/' "$printed" | grep . &&
    fail "wider than the terminal"

# The same as JSON, which is also kept.
run 1 $valgrind --json -- ./racy
jq -e '.program.path == "./racy" and .gate.passed == false and
    (.findings[0].detectors | map(.detector)) == ["drd", "helgrind"] and
    .findings[0].detectors[0].of == 1 and
    (.findings[0].fingerprint | length) == 32' "$printed" >/dev/null ||
    fail "the JSON is not as it should be"

# Nothing wrong; then its own exit code, and the one that it must have.
run 0 $valgrind -- ./calm
said "^0 findings at 0 places"
said "^passed"
run 1 $valgrind --repeat 2 -- ./calm 3
said "the program itself ended with 3, not 0, under drd in 2 of 2"
unsaid "warning"
run 0 $valgrind --expect-exit 3 -- ./calm 3
# Under a detector of its own exit code, too.
run 1 --detector tsan-gcc -- ./racy-gcc 5
said "the program itself ended with 5, not 0, under tsan-gcc"
said "racy.c:8:.*data race on .tickets. \[tsan-gcc 1/1\]"
run 1 --detector tsan-gcc --expect-exit 66 -- ./racy-gcc 66
unsaid "itself ended"

# A hang, in the watchdog's words; a death.
run 1 --detector watchdog -- ./stuck
said "^watchdog +1 +1 +[0-9.]+ hangs 1/1"
said "stuck.c:6:.*warning: .*shelf.* \[watchdog 1/1\]"
run 1 --detector watchdog -- ./crash
said "crash.c:4:.*warning: .*SIGABRT"

# Who cannot judge it says why; with nobody left it is a skip.
run 1 -- ./racy-gcc
said "^tsan-gcc +1 +1 "
said "^tsan-clang +0 +- +- not judged"
said "^  helgrind +ThreadSanitizer is built in, which does not run under"
said "^  tsan-clang +it is built with the ThreadSanitizer of another"
run 77 $valgrind -- ./racy-gcc
run 3 $valgrind --require drd -- ./racy-gcc
said "incomplete: +drd is required but cannot judge"
run 77 --detector tsan-gcc -- ./calm
said "it is not built with -fsanitize=thread"
run 77 --detector drd -- ./c11
said "threads of C11 die under it"
run 0 --detector helgrind -- ./c11
run 77 $valgrind -- ./calm-static
said "it is linked statically"
printf '#!/bin/sh\nexec ./calm\n' >script
chmod +x script
run 77 $valgrind -- ./script
said "it is a script"
run 0 --detector watchdog -- ./script
run 0 --detector drd -- ./calm-bare
said "it has no debug information"
run 0 --detector drd -- ./calm-5
said "misreads some lines of DWARF 5"

# A bad command line.
run 2 -- ./nosuch
said "./nosuch: no such program"
run 2 --
said "name it behind .--."
run 2 --suppressions drd -- ./calm
said "is not ID=FILE"
run 2 --suppressions drd=nosuch -- ./calm
said "no file is called 'nosuch'"
expect 0 "$LOCKSTEP" run --help --
said "baseline=FILE"
