# bench measures every variant, and takes no wrong run for a measurement.
. "$(dirname "$0")/lib.sh"

corpus "$work/c" speedup/sum-of-squares
kernel=$work/c/speedup/sum-of-squares
# A hundred times less to do: this is no test of speed.
sed -i -e 's/"100000000"/"1000000"/' \
    -e 's/"333333328333333350000000"/"333332833333500000"/' "$kernel/case.yaml"

compilers=gcc
bench() {
    code=$1
    shift
    expect "$code" "$LOCKSTEP" bench --cases "$work/c" --out "$work/out" \
        --compilers "$compilers" --rounds 5 "$@"
}
check() {
    jq -e "$1" "$printed" >/dev/null || fail "not true of the JSON: $1"
}

bench 0
said "^sum-of-squares 0 1000000: value 333332833333500000 in every run"
said "^serial +gcc +- +1 +5 .* 1\.00"
said "^pthread +gcc +- +1 +5 "
said "^openmp +gcc +libgomp +1 +5 "
[ -z "$(ls "$work/out")" ] || fail "left behind: $(ls "$work/out")"

bench 0 --json --threads 1 --variants pthread
check '.lockstep | type == "string"'
check '.bench | length == 1'
check '.bench[0].rows | map(.variant) == ["serial", "pthread"]'
check '.bench[0].rows | map(.samples_s | length == 5 and all(. > 0)) | all'
check '.bench[0].rows[1] | .speedup > 0 and .speedup_ci95[0] <= .speedup and
       .speedup <= .speedup_ci95[1] and .efficiency == .speedup'
check '.bench[0].host.cores >= 1 and .bench[0].stopped_by == "rounds"'

# A compiler that is not there is told, not passed over; none at all is 77.
compilers=gcc,no-such-cc,gcc
bench 0 --threads 1 sum-of-squares
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
bench 2 nosuch

# A variant that loses the last element, as the tutorial's does.
sed -i 's/slices\[k\].to = kernel_cut(.*;/slices[k].to = slices[k].from;/' \
    "$kernel/pthread.c"
bench 1 --threads 1
said "pthread-gcc: it says that its own result is wrong"
said "it was run as: .*/pthread-gcc'? 0 1000000 1$"
unsaid "in every run"
cp "$SOURCE/cases/speedup/sum-of-squares/pthread.c" "$kernel/"

# One that is consistent with itself but not with the manifest.
sed -i 's/"333332833333500000"/"333332833333500001"/' "$kernel/case.yaml"
bench 1 --threads 1
said "its value is 333332833333500000, not 333332833333500001"
sed -i 's/"333332833333500001"/"333332833333500000"/' "$kernel/case.yaml"

# A range that is none: the kernel's own words reach the user.
sed -i 's/"0", "1000000"/"9", "3"/' "$kernel/case.yaml"
bench 1 --threads 1
said "'3' is no number from 9 to"
sed -i 's/"9", "3"/"0", "1000000"/' "$kernel/case.yaml"

# ^C: what was measured is printed; nothing stays behind.
env --default-signal=INT "$LOCKSTEP" bench --cases "$work/c" --compilers gcc \
    --out "$work/out" --rounds 100000 >"$printed" 2>&1 </dev/null &
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
