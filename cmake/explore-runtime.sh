#!/bin/sh
# Makes the runtime of the explorer out of its objects: one archive in which
# every call of a function that it wraps goes to the C library itself, whose own
# names no name of a program meets, and the list of what the linker has to wrap.
#     explore-runtime.sh FOLDER OBJECT...
# Writes FOLDER/liblockstep-explore.a and FOLDER/explore.wrap.
# SPDX-License-Identifier: MIT
set -eu
folder=$1
shift
mkdir -p "$folder"
work=$(mktemp -d "$folder/explore.XXXXXX")
trap 'rm -rf "$work"' EXIT
ld -r -o "$work/explore.o" "$@"
nm --defined-only "$work/explore.o" | sed -n 's/.* T __wrap_//p' |
    sort -u >"$work/names"
sed '/^main$/d; s/.*/& __real_&/' "$work/names" >"$work/real"
objcopy --redefine-syms="$work/real" "$work/explore.o"
objcopy --wildcard --keep-global-symbol='__wrap_*' \
    --keep-global-symbol='__tsan_*' --keep-global-symbol='lockstep_*' \
    "$work/explore.o"
rm -f "$work/lib.a"
ar rcs "$work/lib.a" "$work/explore.o"
sed 's/^/--wrap=/' "$work/names" >"$work/wrap"
mv "$work/wrap" "$folder/explore.wrap"
mv "$work/lib.a" "$folder/liblockstep-explore.a"
