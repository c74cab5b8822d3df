# A project that is not ours is built once for each detector, beside its sources:
# by make in a copy, by CMake in a folder of its own, by a compiler's line; the
# places told are those of the original.
. "$(dirname "$0")/lib.sh"

mkdir "$work/pro ject"
cd "$work/pro ject"
mkdir src
cat >src/racy.c <<'X'
#include "racy.h"
int tickets;
void *sell(void *arg)
{
    tickets++;
    return arg;
}
X
cat >src/racy.h <<'X'
extern int tickets;
void *sell(void *arg);
X
cat >main.c <<'X'
#include "src/racy.h"
#include <pthread.h>
#include <stdio.h>
int main(void)
{
    pthread_t t[2];
    FILE *data = fopen("data.txt", "r");
    if (!data)
        return 9;
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, sell, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return 0;
}
X
echo data >data.txt
cat >Makefile <<'X'
CFLAGS = -O2
my_test: main.o racy.o
	$(CC) $(LDFLAGS) -o $@ $^
main.o: main.c
	$(CC) $(CFLAGS) -c -o $@ main.c
racy.o: src/racy.c
	$(CC) $(CFLAGS) -c -o $@ src/racy.c
X
make my_test CC=gcc LDFLAGS=-pthread >/dev/null
find . -type f | sort | xargs -d '\n' sha256sum >"$work/before"
check() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" check --out "$work/out" "$@"
}
untouched() {
    find . -type f | sort | xargs -d '\n' sha256sum | cmp - "$work/before" ||
        fail "the project was written to"
}

# What make made without the flags is not taken for what it would make. All see
# the race, at one place of the original.
check 1 --build 'make CC={cc} CFLAGS={cflags} LDFLAGS={ldflags}' -- ./my_test
said "^tsan-gcc +1 +1 .*ended well"
said "^tsan-clang +1 +1 .*ended well"
said "^watchdog +1 +0 .*ended well"
said "^src/racy.c:5:.*data race on .tickets. \[drd 1/1, helgrind 1/1, tsan-clang 1/1, tsan-gcc 1/1\]"
[ "$(grep -c warning: "$printed")" -eq 1 ] || fail "told more than once"
untouched

# No --build: the Makefile says that there is make.
check 1 --detector tsan-gcc,drd --repeat 2 -- ./my_test
said "\[drd 2/2, tsan-gcc 2/2\]"
untouched

# Lockstep's own folder in the project is no part of it.
inside() {
    expect 1 "$LOCKSTEP" check --out inside --detector tsan-gcc,drd -- ./my_test
    said "\[drd 1/1, tsan-gcc 1/1\]"
    [ -z "$(find inside/check -name inside)" ] || fail "it copied itself"
    rm -rf inside
}
inside
untouched

# Placeholders as words of their own, in a line of the shell.
check 1 --detector tsan-clang \
    --build '{cc} {cflags} -o my_test main.c src/racy.c {ldflags}' -- my_test
said "\[tsan-clang 1/1\]"

# A folder of the build's own, named by the command and the program.
cat >CMakeLists.txt <<'X'
cmake_minimum_required(VERSION 3.25)
project(box C)
find_package(Threads REQUIRED)
add_executable(my_test main.c src/racy.c)
target_link_libraries(my_test Threads::Threads)
X
find . -type f | sort | xargs -d '\n' sha256sum >"$work/before"
check 1 --detector tsan-gcc -- ./my_test
said "^src/racy.c:5:.*\[tsan-gcc 1/1\]"
check 1 --detector tsan-gcc --build 'gcc -g -fsanitize=thread -pthread -o \
    "{builddir}/t" main.c src/racy.c' -- '{builddir}/t'
said "^src/racy.c:5:.*\[tsan-gcc 1/1\]"
untouched
rm CMakeLists.txt

# A build that fails, or does not heed the flags, or does not make the program.
check 1 --detector drd --build 'echo "no disk today" >&2; exit 3' -- ./my_test
said "no disk today"
said "failed: +it cannot be built for drd"
check 77 --detector tsan-gcc --build 'gcc -pthread -o my_test main.c src/racy.c' \
    -- ./my_test
said "it is not built with -fsanitize=thread"
check 2 --detector drd --build true -- ./nosuch
said "no such program after the build for drd"
check 2 --build 'make {flags}' -- ./my_test
said "'\{flags\}' is no place to fill in; there are \{cc\}"
check 2 --detector drd
said "name it behind .--."
mkdir "$work/empty"
(cd "$work/empty" && expect 2 "$LOCKSTEP" check -- ./t &&
    said "tell with --build")

# Threads of C11: those that die of them get the layer over POSIX threads.
mkdir "$work/c11"
cd "$work/c11"
cat >c11.c <<'X'
#include <stdio.h>
#include <threads.h>
static int tickets;
static int sell(void *arg)
{
    (void)arg;
    tickets++;
    return 0;
}
int main(void)
{
    thrd_t t[2];
    for (int i = 0; i < 2; i++)
        if (thrd_create(&t[i], sell, NULL) != thrd_success)
            return 1;
    for (int i = 0; i < 2; i++)
        thrd_join(t[i], NULL);
    return 0;
}
X
check 1 --detector tsan-gcc,drd,helgrind --build '{cc} {cflags} -o c11 c11.c' \
    -- ./c11
said "c11.c:7:.*\[drd 1/1, helgrind 1/1, tsan-gcc 1/1\]"
