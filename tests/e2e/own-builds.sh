# Projects that are not ours, by the ways in which such are built: C++ by a line,
# by make and by CMake, configure and make, OpenMP.
. "$(dirname "$0")/lib.sh"

own() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" check --out "$work/out" "$@"
}

# C++: {cxx} is the one that belongs to {cc}, and knows its flags.
mkdir "$work/c++"
cd "$work/c++"
cat >racy.cpp <<'X'
#include <thread>
struct till {
    int tickets = 0;
    void sell() { tickets++; }
};
int main()
{
    till t;
    std::thread a(&till::sell, &t), b(&till::sell, &t);
    a.join();
    b.join();
    return t.tickets == 0;
}
X
own 1 --detector tsan-gcc,tsan-clang,drd \
    --build '{cxx} {cflags} -o racy racy.cpp {ldflags}' -- ./racy
said "^racy.cpp:4:.*data race.*\[drd 1/1, tsan-clang 1/1, tsan-gcc 1/1\]"
said "note: (read|write) in till::sell\(\)"
cat >Makefile <<'X'
CXXFLAGS = -O1
racy: racy.o
	$(CXX) $(LDFLAGS) -o $@ $^
racy.o: racy.cpp
	$(CXX) $(CXXFLAGS) -c -o $@ $<
X
own 1 --detector tsan-gcc,tsan-clang \
    --build 'make CXX={cxx} CXXFLAGS={cflags} LDFLAGS={ldflags}' -- ./racy
said "^racy.cpp:4:.*\[tsan-clang 1/1, tsan-gcc 1/1\]"
own 1 --detector tsan-gcc -- ./racy # the Makefile's own flags stay
said "^racy.cpp:4:.*\[tsan-gcc 1/1\]"
rm Makefile
cat >CMakeLists.txt <<'X'
cmake_minimum_required(VERSION 3.25)
project(till CXX)
find_package(Threads REQUIRED)
add_executable(racy racy.cpp)
target_link_libraries(racy Threads::Threads)
X
own 1 --detector tsan-clang -- ./racy
said "^racy.cpp:4:.*\[tsan-clang 1/1\]"

# configure and make, as of autoconf: it tries the compiler, and writes the
# Makefile; in a folder of its own or beside the sources.
mkdir "$work/confi gured"
cd "$work/confi gured"
cat >racy.c <<'X'
#include <pthread.h>
static int tickets;
static void *sell(void *arg)
{
    for (int i = 0; i < 100; i++) tickets++; /* two at one moment may hide */
    return arg;
}
int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], 0, sell, 0);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], 0);
    return 0;
}
X
cat >configure <<'X'
#!/bin/sh
for arg; do case $arg in *=*) eval "${arg%%=*}=\${arg#*=}" ;; esac; done
echo 'int main(void) { return 0; }' >conftest.c
$CC $CFLAGS $LDFLAGS -o conftest conftest.c && ./conftest || exit 77
cat >Makefile <<Y
racy: $(dirname "$0" | sed 's/ /\\ /g')/racy.c
	$CC $CFLAGS $LDFLAGS -o racy "$(dirname "$0")/racy.c"
Y
X
chmod +x configure
own 1 --detector tsan-gcc --build './configure CC={cc} CFLAGS={cflags} \
    LDFLAGS={ldflags} && make' -- ./racy
said "^racy.c:5:.*\[tsan-gcc 1/1\]"
own 1 --detector tsan-clang --build 'top=$PWD && cd {builddir} && \
    "$top"/configure CC={cc} CFLAGS={cflags} LDFLAGS={ldflags} && make' -- ./racy
said "^racy.c:5:.*\[tsan-clang 1/1\]"

# OpenMP needs Archer; a program that comes to no parallel region never loads it,
# and is judged all the same.
mkdir "$work/omp"
cd "$work/omp"
cat >omp.c <<'X'
#include <pthread.h>
static volatile int tickets, stubs;
static void *sell(void *arg)
{
    for (int i = 0; i < 100; i++) tickets++; /* two at one moment may hide */
    return arg;
}
int main(int argc, char **argv)
{
    pthread_t t[2];
    (void)argv;
    for (int i = 0; argc == 2 && i < 2; i++)
        pthread_create(&t[i], 0, sell, 0);
    for (int i = 0; argc == 2 && i < 2; i++)
        pthread_join(t[i], 0);
    if (argc == 3) {
#pragma omp parallel num_threads(2)
        for (int i = 0; i < 100; i++) stubs++;
    }
    return 0;
}
X
omp() {
    wanted=$1
    shift
    own "$wanted" --detector tsan-gcc,tsan-clang \
        --build '{cc} {cflags} -fopenmp -o omp omp.c' -- ./omp "$@"
}
if [ -e /usr/lib/llvm-19/lib/libarcher.so ]; then
    omp 0
    said "^tsan-gcc +1 +0 "
    omp 1 threads
    said "^omp.c:5:.*tickets.*\[tsan-clang 1/1, tsan-gcc 1/1\]"
    omp 1 a region
    said "^omp.c:18:.*stubs.*\[tsan-clang 1/1, tsan-gcc 1/1\]"
    # Where gcc's libgomp is what runs the region, every one looks racy.
    libgomp=$(dirname "$(gcc -print-file-name=libgomp.so)")
    gomp=$(cd "$libgomp" && dirname "$(readlink -f libgomp.so)")
    own 3 --detector tsan-gcc --build "{cc} {cflags} -fopenmp -o omp omp.c \
        -Wl,--disable-new-dtags,-rpath,$gomp" -- ./omp a region
    said "Archer was not loaded"
fi
