#!/bin/sh
# Keeps the measured work of the kernels real: at -O2 each further element must
# cost instructions, the same for 2n as twice that for n. A compiler that finds
# the closed form, or does part of the work elsewhere, is caught by counting.
#     kernel-work.sh SOURCE_ROOT
# Ends with 77 when no compiler here can be checked.
# SPDX-License-Identifier: MIT
set -eu

root=${1:?usage: kernel-work.sh SOURCE_ROOT}
kernel=$root/cases/speedup/sum-of-squares
least=4 # instructions per element: multiply, add, carry, step and test
n=100000

if ! command -v valgrind >/dev/null; then
    echo "kernel-work: valgrind is not installed" >&2
    exit 77
fi
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

# The instructions that the program $1 executes for the elements [0, $2).
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$1" 0 "$2" 1 >"$build/out" 2>"$build/err" || {
        cat "$build/out" "$build/err" >&2
        echo "kernel-work: $1 0 $2 1 failed under callgrind" >&2
        exit 1
    }
    grep -q '^INVARIANT HELD' "$build/out" || exit 1
    sed -n 's/^.*Collected : *\([0-9][0-9]*\).*$/\1/p' "$build/err"
}

# Cost of the second n elements and of the 2n after them.
check() {
    "$1" -O2 -pthread -I "$root/cases" "$kernel/serial.c" -o "$build/serial" ||
        return 1
    a=$(count "$build/serial" $n) || return 1
    b=$(count "$build/serial" $((2 * n))) || return 1
    c=$(count "$build/serial" $((4 * n))) || return 1
    one=$((b - a))
    two=$((c - b))
    echo "$1: $n elements more: $one instructions; $((2 * n)) more: $two"
    if [ $one -lt $((least * n)) ]; then
        echo "kernel-work: $1 does not do the work of $kernel/serial.c;" \
            "see kernel_opaque in cases/kernel.h" >&2
        return 1
    fi
    # Digits of the value and the printed time cost a little more or less.
    off=$((two - 2 * one))
    if [ ${off#-} -gt $((one / 100)) ]; then
        echo "kernel-work: $1: the cost of an element is not constant" >&2
        return 1
    fi
}

seen=0
failed=0
for compiler in gcc clang-19; do
    if command -v $compiler >/dev/null; then
        seen=1
        check $compiler || failed=1
    else
        echo "kernel-work: $compiler is not installed, not checked" >&2
    fi
done
[ $seen = 1 ] || exit 77
exit $failed
