#!/bin/sh
# Keeps the measured work of the kernels real: at -O2 each further element must
# cost instructions, the same for 2n as twice that for n. A compiler that finds
# the closed form, or does part of the work elsewhere, is caught by counting;
# so is one whose vector loop has other instructions than its limit.
#     kernel-work.sh SOURCE_ROOT
# Ends with 77 when no compiler here can be checked.
# SPDX-License-Identifier: MIT
set -eu

root=${1:?usage: kernel-work.sh SOURCE_ROOT}
kernel=$root/cases/speedup/sum-of-squares
n=480000 # elements: whole steps of every loop

if ! command -v valgrind >/dev/null; then
    echo "kernel-work: valgrind is not installed" >&2
    exit 77
fi
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

# The instructions that the program $1 executes for the elements [0, $2), twice:
# once to warm up.
count() {
    LOCKSTEP_KERNEL_SECONDS=0 valgrind --tool=callgrind \
        --callgrind-out-file=/dev/null \
        "$1" 0 "$2" 1 1 >"$build/out" 2>"$build/err" || {
        cat "$build/out" "$build/err" >&2
        echo "kernel-work: $1 0 $2 1 1 failed under callgrind" >&2
        exit 1
    }
    grep -q '^INVARIANT HELD' "$build/out" || exit 1
    sed -n 's/^.*Collected : *\([0-9][0-9]*\).*$/\1/p' "$build/err"
}

# check COMPILER VARIANT LEAST ELEMENTS: so many elements cost LEAST
# instructions or more. The cost of the second n elements goes into $one, that
# of the 2n after them into $two.
check() {
    "$1" -O2 -pthread -I "$root/cases" "$kernel/$2.c" -o "$build/$2" || return 1
    a=$(count "$build/$2" $n) || return 1
    b=$(count "$build/$2" $((2 * n))) || return 1
    c=$(count "$build/$2" $((4 * n))) || return 1
    one=$(((b - a) / 2))
    two=$(((c - b) / 2))
    echo "$1 $2: $n elements more: $one instructions; $((2 * n)) more: $two"
    if [ $one -lt $(($3 * n / $4)) ]; then
        echo "kernel-work: $1 does not do the work of $kernel/$2.c;" \
            "see kernel_opaque in cases/kernel.h" >&2
        return 1
    fi
    # Digits of the value and the printed time cost a little more or less.
    off=$((two - 2 * one))
    if [ ${off#-} -gt $((one / 100)) ]; then
        echo "kernel-work: $1: the cost of an element of $2.c is not" \
            "constant" >&2
        return 1
    fi
}

# An element: multiply, add, carry, step and test. A vector of 8 or fewer:
# multiply, add, step.
check_all() {
    check "$1" serial 4 1 || return 1
    check "$1" limit 3 8 || return 1
    limit=$one
    check "$1" serial-simd 3 8 || return 1
    if [ $one -lt $((limit * 9 / 10)) ] || [ $one -gt $((limit * 6 / 5)) ]; then
        echo "kernel-work: $1: the loop of serial-simd.c is not the mix of" \
            "instructions whose limit is measured" >&2
        return 1
    fi
}

seen=0
failed=0
for compiler in gcc clang-19; do
    if command -v $compiler >/dev/null; then
        seen=1
        check_all $compiler || failed=1
    else
        echo "kernel-work: $compiler is not installed, not checked" >&2
    fi
done
[ $seen = 1 ] || exit 77
exit $failed
