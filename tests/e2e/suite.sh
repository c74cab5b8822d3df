# Suites that are not ours, by look-alikes: labels by names and by comments, the
# size of programs of variable length, threads, flags; the score, and each
# manifest that is wrong told with its line and what to do.
. "$(dirname "$0")/lib.sh"

# ---- names and pairs: -yes, -no, "x@7:5:W vs. x@7:5:W" ----
drb=$work/data\ race\ bench
mkdir -p "$drb/micro-benchmarks/utilities"
put() {
    cat >"$drb/micro-benchmarks/$1"
}
put T001-sum-orig-yes.c <<'X'
/* Data race pair: sum@8:9:R vs. sum@8:9:W */
#include <stdio.h>
int main(void)
{
    int sum = 0;
#pragma omp parallel for
    for (int i = 0; i < 100000; i++)
        sum += i;
    printf("%d\n", sum);
    return 0;
}
X
put T002-sum-orig-no.c <<'X'
#include <stdio.h>
int main(void)
{
    int sum = 0;
#pragma omp parallel for reduction(+ : sum)
    for (int i = 0; i < 1000; i++)
        sum += i;
    printf("%d\n", sum);
    return 0;
}
X
# Racy only with the size that it is given, and 8 threads.
put T003-size-var-yes.c <<'X'
/* Data race pair: n@12:13:R vs. n@12:13:W */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
int n;
int main(int argc, char **argv)
{
    int size = argc > 1 ? atoi(argv[1]) : 0;
    if (size == 32 && omp_get_max_threads() == 8) {
#pragma omp parallel for
        for (int i = 0; i < 100000; i++)
            n += i;
    }
    return 0;
}
X
# Its label names another line than the race is at.
put T004-elsewhere-orig-yes.c <<'X'
/* Data race pair: n@3:1:R vs. n@3:1:W */
int n;

int main(void)
{
#pragma omp parallel for
    for (int i = 0; i < 100000; i++)
        n += i;
    return 0;
}
X
# A miss: there is no race in what runs.
put T005-missed-orig-yes.c <<'X'
int main(void)
{
    int all = 0;
#pragma omp parallel
    {
#pragma omp atomic
        all++;
    }
    return all == 0;
}
X
put T006-3mm-parallel-no.c <<'X'
#include "polybench.h"
int main(void)
{
    int all = 0;
#pragma omp parallel for reduction(+ : all)
    for (int i = 0; i < 10; i++)
        all += polybench();
    return all != 10 * POLYBENCH_TIME;
}
X
put T007-device-target-yes.c <<'X'
#error it is left out
X
put T008-untold.c <<'X'
int main(void)
{
    return 0;
}
X
echo 'int polybench(void);' >"$drb/micro-benchmarks/utilities/polybench.h"
echo 'int polybench(void) { return 1; }' \
    >"$drb/micro-benchmarks/utilities/polybench.c"
# Without a parallel region, OpenMP's runtime never comes to look for Archer.
put T009-simd-orig-no.c <<'X'
int main(void)
{
    int a[100];
#pragma omp simd
    for (int i = 0; i < 100; i++)
        a[i] = i;
    return a[0];
}
X
suite() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" suite --out "$work/out" "$@"
}
suite 0 dataracebench "$drb" --detector tsan-clang,helgrind --csv="$work/a.csv"
said "^DataRaceBench: 8 programs, 4 racy, 3 clean, 1 without a label"
said "^Flags: -O0 -g; 8 threads; a race counts in any of 3 runs"
said "^tsan-clang +3 +1 +0 +3 .*2/3$"
said "^helgrind +0 +0 +0 +0 .* 8 +0/0$"
said "^tsan-clang +0.750 0.30-0.95 +1.000 0.44-1.00 +0.857 0.49-0.97 +0.857"
said "Serial cost"
said "^ +micro-benchmarks/T008-untold.c$"
awk 'length > 80' "$printed" | grep . && fail "wider than the terminal"
[ "$(wc -l <"$work/a.csv")" -eq 17 ] || fail "the CSV has no row for each"
grep -q '^DataRaceBench,micro-benchmarks/T003-size-var-yes.c,racy,1,tsan-clang,flagged,3,3,3,' \
    "$work/a.csv" || fail "no size, or not 8 threads"
suite 0 dataracebench "$drb" --detector tsan-clang --repeat 1 --json
jq -e '.scores[0] | .counts.tp == 3 and .counts.fn == 1 and .counts.tn == 3 and
    .at_lines.count == 2 and .at_lines.of == 3 and
    (.f1.value > 0.857 and .f1.value < 0.858) and .f1.low < .f1.value' \
    "$printed" >/dev/null || fail "the JSON is not as it should be"
suite 77 dataracebench "$drb" --detector helgrind

# ---- labels at the end of the racy lines ----
lines=$work/lines
mkdir -p "$lines/sub"
cat >"$lines/racy.c" <<'X'
#include <pthread.h>
int n, m;
static void *work(void *arg)
{
    n++; // RACE!
    return arg;
}
int main(void)
{
    pthread_t t;
    if (pthread_create(&t, 0, work, 0))
        return 1;
    n++; // RACE!
    return pthread_join(t, 0);
}
X
sed 's|// RACE!|/* guarded */ // NORACE|; s|n++;|__atomic_add_fetch(\&n, 1, 5);|' \
    "$lines/racy.c" >"$lines/sub/clean.c"
cat >"$lines/slow.c" <<'X'
int main(void)
{
    for (volatile int i = 0;; i++)
        ; // RACE!
}
X
cat >"$lines/broken.c" <<'X'
int main(void) { return nobody; }
X
cat >"$lines/dead.c" <<'X'
#include <stdlib.h>
int main(void) { abort(); }
X
suite 0 line-labels "$lines" --detector tsan-gcc --repeat 1 --timeout 0.2
said "^Racy lines: 5 programs, 2 racy, 3 clean"
#                  TP FN FP TN SLOW HUNG DIED BROKEN N/A LINES
said "^tsan-gcc +1 +0 +0 +1 +1 +0 +1 +1 +0 +1/1$"
said "^Not built:"
said "nobody"
said "^ +dead.c under tsan-gcc: died from SIGABRT"
suite 0 line-labels "$lines" --detector drd,watchdog --repeat 1 --timeout 0.2 --csv
grep -q '^Racy lines,racy.c,racy,2,drd,flagged,1,1,1,' "$printed" ||
    fail "DRD's one place is not at a racy line"
grep -q '^Racy lines,racy.c,racy,2,watchdog,missed,' "$printed" ||
    fail "the watchdog sees no races"

# ---- manifests that are wrong ----
bad() {
    printf '%s\n' "$1" >"$work/bad.yaml"
    suite 2 "$work/bad.yaml" "$lines"
    said "bad.yaml:$2"
}
head="title: T
model: pthread
sources: ['*.c']"
bad "title: T" "1?.*sources|model|label"
bad "$head
label: {line: 'RACE'}
colour: red" "5: .*colour"
bad "$head
label: {racy: '-yes'}" "4: who is racy and who is clean"
bad "$head
label:
  line: '(RACE'" "5: '\(RACE' of 'line' is no extended regular expression"
bad "$head
label:
  line: R
  pair: '@([0-9]+):([0-9]+)'
  groups: [line]" "7: 'pair' has 2 groups, and 'groups' names 1"
bad "$head
label:
  line: R
  pair: '@([0-9]+)'
  groups: [column]" "7: none of the 'groups' is line"
bad "$head
label:
  line: R
  pair: '@([0-9]+)'
  groups: [row]" "7: "
bad "$head
label: {line: R}
timeout: 100000" "5: 'timeout' is in seconds"
bad "title: T
model: pthread
sources: ['/tmp/*.c']
label: {line: R}" "3: '/tmp/\*.c' is seen from the suite's folder"
bad "title: T
model: pthread
sources: ['*.cc']
label: {line: R}" ".*'sources' match no file in"
bad "$head
label: {racy: 'c', clean: 'r'}
: :" "5: this is no YAML"
printf '%s\n' "$head" "label: {racy: 'c', clean: 'r'}" >"$work/bad.yaml"
suite 2 "$work/bad.yaml" "$lines"
said "racy.c: it is racy and clean by its path"
suite 2 "$work/nosuch.yaml"
said "nosuch.yaml: cannot be read"
suite 2 dataracebench "$work/nosuch"
said "nosuch: no such folder"
suite 2
said "followed by a manifest"
