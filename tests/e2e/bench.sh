# bench measures every variant, and takes no wrong run for a measurement.
. "$(dirname "$0")/lib.sh"

# A kernel of one's own: what is summed is small, for this is no test of speed.
kernel=$work/c/speedup/toy
corpus "$work/c"
mkdir -p "$kernel"
cat >"$kernel/sum.h" <<'END'
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
static long size, threads, sum;
static struct timespec start, end;
static void begin(int argc, char **argv)
{
    size = argc == 3 ? atol(argv[1]) : 0;
    threads = argc == 3 ? atol(argv[2]) : 0;
    if (size < 1 || size > 1000000000 || threads < 1) {
        fprintf(stderr, "'%s' is no size up to 1000000000\n", argv[1]);
        exit(2);
    }
    clock_gettime(CLOCK_MONOTONIC, &start);
}
static long slice(long k)
{
    long s = 0;
    for (long i = size * k / threads; i < size * (k + 1) / threads; i++) {
        __asm__ volatile("" : "+r"(s));
        s += i;
    }
    return s;
}
static int finish(void)
{
    clock_gettime(CLOCK_MONOTONIC, &end);
    long ns = (end.tv_sec - start.tv_sec) * 1000000000 +
              (end.tv_nsec - start.tv_nsec);
    int held = sum == size * (size - 1) / 2;
    printf("value %ld\nseconds %ld.%09ld\nrepeats 1\nINVARIANT %s: sum\n", sum,
           ns / 1000000000, ns % 1000000000, held ? "HELD" : "BROKEN");
    return !held;
}
END
cat >"$kernel/serial.c" <<'END'
#include "sum.h"
int main(int argc, char **argv)
{
    begin(argc, argv);
    threads = 1;
    sum = slice(0);
    return finish();
}
END
cat >"$kernel/pthread.c" <<'END'
#include "sum.h"
#include <pthread.h>
static void *work(void *k)
{
    __atomic_fetch_add(&sum, slice((long)k), __ATOMIC_RELAXED);
    return NULL;
}
int main(int argc, char **argv)
{
    pthread_t team[64];
    begin(argc, argv);
    for (long k = 0; k < threads; k++)
        pthread_create(&team[k], NULL, work, (void *)k);
    for (long k = 0; k < threads; k++)
        pthread_join(team[k], NULL);
    return finish();
}
END
cat >"$kernel/loop.c" <<'END'
#include "sum.h"
int main(int argc, char **argv)
{
    begin(argc, argv);
    for (long k = 0; k < threads; k++)
        sum += slice(k);
    return finish();
}
END
cat >"$kernel/case.yaml" <<'END'
title: A sum
model: pthread
origin: a test
failure: none
args: ["1000", "2"]
scenario: A sum.
variants:
  - {name: serial, model: serial}
  - {name: loop, model: pthread, threads: no}
bench:
  workloads:
    - {name: range, args: ["100000"], size: 1e5, value: "4999950000"}
    - {name: other, args: ["50000"]}
  sweep: {args: ["{size}"], sizes: [100, 1000, 1e5]}
END

compilers=gcc
bench() {
    code=$1
    shift
    expect "$code" "$LOCKSTEP" bench --cases "$work/c" --out "$work/out" \
        --compilers "$compilers" --rounds 5 "$@"
}
# What is printed as JSON goes to a file of its own, without the messages.
json() {
    "$LOCKSTEP" bench --cases "$work/c" --out "$work/out" \
        --compilers "$compilers" --rounds 5 --json "$@" >"$work/json" \
        2>"$printed" </dev/null || fail "exit code $?"
}
check() {
    jq -e "$1" "$work/json" >/dev/null || fail "not true of the JSON: $1"
}

bench 0 --threads 1
said "^range 100000: value 4999950000 in every run"
said "^other 50000: value 1249975000 in every run"
said "^sweep: nanoseconds per element"
said "^VARIANT +COMPILER +THR +100 +1e3 +1e5 +EVEN"
said "^serial +gcc +1 +5 .* 1\.00"
said "^pthread +gcc +1 +5 "
said "^TIMES: as fast as serial"
[ -z "$(ls "$work/out")" ] || fail "left behind: $(ls "$work/out")"
awk 'length > 80 && !/^(warning|skipped)/' "$printed" >"$work/wide"
[ ! -s "$work/wide" ] || fail "wider than 80 columns: $(cat "$work/wide")"

json --threads 1 --variants pthread
check '.lockstep | type == "string"'
check '.bench | length == 1'
check '.bench[0] | .kernel == "toy" and .group == "cpu" and .base == "serial"'
check '[.bench[0].rows[] | [.workload, .size]] | unique ==
       [["other", null], ["range", 100000], ["sweep", 100], ["sweep", 1000],
        ["sweep", 100000]]'
check '.bench[0].rows | length == 10'
check '.bench[0].rows | map(.variant) | unique == ["pthread", "serial"]'
check '.bench[0].rows | map(.samples | length == 5 and all(. > 0)) | all'
check '.bench[0].rows[1] | .speedup > 0 and .speedup_ci95[0] <= .speedup and
       .speedup <= .speedup_ci95[1] and .efficiency == .speedup and
       .value == "4999950000" and .ci95[0] <= .median_s'
check '.bench[0].rows | map(select(.workload == "sweep" and
       .variant == "pthread") | has("break_even")) | all'
check '.bench[0].host.cores >= 1 and .bench[0].stopped_by == "rounds"'
check '.bench[0].noise | .pace | length == 5'

# A variant without threads is measured once, whatever the numbers of threads.
json --workloads range
check '.bench[0].rows | map(select(.variant == "loop").threads) == [1]'

# Chosen sizes, in any order; the workloads stay.
json --threads 1 --sizes 2e3,500,500
check '[.bench[0].rows[] | select(.workload == "sweep").size] | unique ==
       [500, 2000]'
check '[.bench[0].rows[].workload] | index("range") != null'
json --threads 1 --workloads sweep --sizes 700
check '[.bench[0].rows[].size] | unique == [700]'
bench 2 --sizes 0
said "'0' is no size from 1 to"
bench 2 --sizes 1000,-5
said "'-5' is no size"
bench 2 --sizes 99999999999999999999
said "'99999999999999999999' is no size"
bench 2 --sizes ''
bench 2 --workloads range --sizes 100
said "no kernel chosen has a workload 'sweep'"
# The kernel's own words reach the user.
bench 1 --threads 1 --workloads sweep --sizes 1e12
said "'1000000000000' is no size up to 1000000000"

# Other formats.
bench 0 --threads 1 --workloads range --csv
said "^kernel,group,workload,size,variant,"
said "^toy,cpu,range,100000,pthread,pthread,gcc,,1,5,1,[0-9.e-]+,"
bench 0 --threads 1 --workloads range --markdown
said "^## toy$"
said "^\| pthread \| gcc \| 1 \| 5 \| "

bench 2 --csv --markdown
said "exclude each other"
bench 2 --json --csv
said "exclude each other"

# Files, and a comparison with one of them. Another machine's figures, a
# thousand times as slow, are a change; the same run's are none.
bench 0 --threads 1 --workloads range --save "$work/new dir/saved"
said "^$work/new dir/saved/bench.json$"
said "^$work/new dir/saved/bench.csv$"
said "^$work/new dir/saved/bench.md$"
said "^$work/new dir/saved/toy-speed-up-range.svg$"
grep -q '<desc>.*pthread[^:]*: 1: ' "$work/new dir/saved/toy-speed-up-range.svg" ||
    fail "the picture does not tell of pthread"
saved=$work/new\ dir/saved/bench.json
jq '(.bench[0].rows[].samples[]) *= 1000' "$saved" >"$work/slow.json"
bench 0 --threads 1 --workloads range --compare "$work/slow.json"
said "^3 of 3 rows changed"
said "^range 1e5 +pthread +gcc +1 .* faster$"
jq '.bench[0].host.cpu = "Z80" | .bench[0].rows[2].variant = "gone"' "$saved" \
    >"$work/other.json"
bench 0 --threads 1 --workloads range --compare "$work/other.json"
said "of 2 rows changed"
said "1 rows only before, 1 only now"
said "not the same: processor: Z80 before"
bench 2 --compare "$work/none.json"
said "none.json: cannot be read"
echo '{' >"$work/bad.json"
bench 2 --compare "$work/bad.json"
said "bad.json:[0-9]+: this is no JSON"
bench 3 --threads 1 --workloads range --save /proc/nowhere
said "/proc/nowhere"

# Groups, and the shipped kernels.
bench 0 --threads 1 --workloads range cpu toy
bench 2 io
said "no case chosen is a kernel .* of the group io"
sed -i 's/^bench:/&\n  group: overhead/' "$kernel/case.yaml"
bench 0 --threads 1 --workloads range overhead
bench 0 --threads 1 --workloads range all
bench 2 cpu
sed -i '/^  group: overhead$/d' "$kernel/case.yaml"

# A compiler that is not there is told, not passed over; none at all is 77.
compilers=gcc,no-such-cc,gcc
bench 0 --threads 1 --workloads range toy
[ "$(grep -c '^serial' "$printed")" -eq 1 ] || fail "gcc is measured twice"
said "^skipped: pthread by no-such-cc: .*cannot be started"
compilers=no-such-cc
bench 77
said "nothing can be measured"
compilers=gcc

# Usage.
bench 2 --threads 0
said "'0' is no number of threads"
bench 2 --threads 1000000
said "1000000 threads on [0-9]+ core"
bench 2 --rounds 2
said "'2' is no number from 5"
bench 2 --variants ptread
said "no kernel chosen has a variant 'ptread'"
bench 2 --workloads rang
said "no kernel chosen has a workload 'rang'"
bench 2 nosuch

# A variant that loses the last element, as the tutorial's does.
sed -i.bak 's/slice((long)k)/slice((long)k) - 1/' "$kernel/pthread.c"
bench 1 --threads 1 --workloads range
said "pthread-gcc: it says that its own result is wrong"
said "it was run as: .*/pthread-gcc'? 100000 1$"
unsaid "in every run"
mv "$kernel/pthread.c.bak" "$kernel/pthread.c"

# One that is consistent with itself but not with the manifest.
sed -i 's/"4999950000"/"4999950001"/' "$kernel/case.yaml"
bench 1 --threads 1 --workloads range
said "its value is 4999950000, not 4999950001"
sed -i 's/"4999950001"/"4999950000"/' "$kernel/case.yaml"

# Two that differ, where no value is given.
sed -i.bak 's/begin(argc, argv);/& size--;/' "$kernel/pthread.c"
bench 1 --threads 1 --workloads other
said "a wrong run is no measurement"
said "the value [0-9]+ is what [a-z]+-gcc printed"
mv "$kernel/pthread.c.bak" "$kernel/pthread.c"

# ^C: what was measured is printed and saved; nothing stays behind.
env --default-signal=INT "$LOCKSTEP" bench --cases "$work/c" --compilers gcc \
    --out "$work/out" --rounds 100000 --save "$work/cut" \
    >"$printed" 2>&1 </dev/null &
pid=$!
until ls "$work"/out/bench-*/pthread-gcc >/dev/null 2>&1; do
    kill -0 $pid 2>/dev/null || fail "it ended by itself"
    sleep 0.1
done
sleep 1
kill -INT $pid
code=0
wait $pid || code=$?
[ $code -eq 130 ] || fail "exit code $code, not 130"
said "rounds? in .* interrupted"
[ -z "$(ls "$work/out")" ] || fail "left behind: $(ls "$work/out")"
jq -e '.bench[0].stopped_by == "cancelled"' "$work/cut/bench.json" >/dev/null ||
    fail "what was measured is not saved"

# The shipped kernels compute what their manifests say.
expect 0 "$LOCKSTEP" bench sum-of-squares --out "$work/out" --compilers gcc \
    --rounds 5 --threads 1 --workloads range
said "^range .*: value 333333328333333350000000 in every run"
