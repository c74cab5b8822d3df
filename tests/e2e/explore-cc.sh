# `lockstep cc` in the place of cc: whatever way a project calls its compiler,
# the program that comes of it explores itself.
. "$(dirname "$0")/lib.sh"

cd "$work"
mkdir include sub
cat >include/work.h <<'Y'
void *work(void *);
extern int number;
Y
cat >main.c <<'Y'
#include "work.h"
#include <pthread.h>
int number;
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    pthread_join(a, 0);
    return number - 2;
}
Y
cat >work.c <<'Y'
#include "work.h"
void *work(void *unused)
{
    number = 2;
    return unused;
}
Y
cat >more.c <<'Y'
int nowhere(void);
int more(void) { return nowhere(); }
Y
cat >racy.c <<'Y'
#include <pthread.h>
int number;
void *work(void *unused)
{
    number = 2;
    return unused;
}
int main(void)
{
    pthread_t a;
    pthread_create(&a, 0, work, 0);
    number = 1;
    return pthread_join(a, 0);
}
Y
cat >own.c <<'Y'
static __thread int n;
int main(void) { return n++; }
Y
cc() {
    expect 0 "$LOCKSTEP" cc "$@"
}
verified() {
    expect 0 "$LOCKSTEP" verify "$1"
}

for compiler in gcc clang-19; do
    command -v $compiler >/dev/null || continue
    export LOCKSTEP_CC=$compiler
    cc -Iinclude -O2 -D_FORTIFY_SOURCE=2 -Wall -Werror -oprogram main.c work.c
    verified ./program
    said "$compiler -O0"

    # A bug has its lines, whoever compiled it and however it was asked.
    for debug in -g0 -g1 -gdwarf-4 -gsplit-dwarf; do
        cc $debug -o racy racy.c
        expect 1 "$LOCKSTEP" verify --no-outcome ./racy
        said 'at racy.c:5, in work()'
        said 'number = 1;'
    done

    # Variables of threads that are reached through a function.
    cc -fPIC -o own own.c
    verified ./own

    # Files of dependences are named for the object, as are their rules.
    cc -Iinclude -MMD -MP -c main.c -o sub/m.o
    grep -q '^sub/m.o: main.c include/work.h' sub/m.d || fail "no rule"
    cc -Iinclude -MD -MF deps -MT target -c work.c
    grep -q '^target: work.c' deps || fail "no rule of its own"
    rm -f main.d
    cc -Iinclude -MM main.c -MF listed
    grep -q '^main.o: main.c' listed || fail "no list"
    cc -Iinclude -E main.c -o main.i
    cc -c main.i
    cc -Iinclude -S main.c

    # Archives: by path or by -l; a member that is not linked needs nothing.
    cc -c more.c
    rm -f libwork.a
    ar rcs libwork.a work.o more.o
    cc -o by-name main.o -L. -lwork
    verified ./by-name
    cc -o by-path main.o -Wl,--start-group libwork.a -Wl,--end-group
    verified ./by-path

    # Words from a file, C by order, C from standard input.
    printf '%s\n' "-Iinclude main.c 'work.c'" '-o "from file"' >words
    cc @words
    verified "./from file"
    cp work.c work.txt
    cc -Iinclude -o ordered main.c -x c work.txt
    verified ./ordered
    echo 'int main(void) { return 0; }' | "$LOCKSTEP" cc -x c - -o piped
    verified ./piped

    # Assembly has no hooks, and is named.
    printf '.globl f\nf: ret\n.section .note.GNU-stack,"",@progbits\n' >f.s
    cc -Iinclude -o assembled main.c work.c f.s
    expect 3 "$LOCKSTEP" verify ./assembled
    said 'not instrumented'

    # A function that bears the name of one of the C library's is not taken for it.
    echo 'int poll(int n) { return n; }' >taken.c
    expect 1 "$LOCKSTEP" cc -Iinclude -w -o taken main.c work.c taken.c
    said 'has a function .poll. of its own'
    cc -Iinclude -w -Dpoll=own_poll -o taken main.c work.c taken.c
    verified ./taken

    # What cc says, it says.
    expect 1 "$LOCKSTEP" cc -c nothing.c
    said 'nothing.c'
    expect 1 "$LOCKSTEP" cc -Iinclude main.c
    said 'undefined reference to .work'
    cp main.c main.cpp
    expect 1 "$LOCKSTEP" cc -Iinclude -c main.cpp
    said 'only C can be explored'
    expect 1 "$LOCKSTEP" cc -Iinclude -c -x c++ main.c
    said 'only C can be explored'
done
