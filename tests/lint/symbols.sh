#!/bin/sh
# Checks that no two of Lockstep's static libraries, nor one and the program,
# define the same global symbol: the linker would silently take the first.
# SPDX-License-Identifier: MIT
#
# Usage: BUILD=build symbols.sh SOURCE_ROOT
# Exits with 1 when a symbol is defined twice, 77 when nothing is built.

build=${BUILD:?the build folder}
tools=$build/tools
objects=$tools/CMakeFiles/lockstep.dir
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# define NAME FILE...: adds "symbol NAME" for what the files define; weak
# symbols and the sanitizers' own are made to be merged.
define() {
    name=$1
    shift
    nm -g --defined-only -P "$@" 2>/dev/null |
        awk -v name="$name" 'NF >= 3 && $2 ~ /^[TDBRCGS]$/ &&
            $1 !~ /^(__asan_|__odr_asan|__tsan_|__ubsan_|__sancov)/ {
                print $1, name }' |
        sort >>"$work/all"
}

found=0
for library in "$tools"/liblockstep_*.a; do
    [ -f "$library" ] || continue
    define "$(basename "$library")" "$library"
    found=$((found + 1))
done
if [ $found -lt 2 ]; then
    echo "$tools: no libraries; build first" >&2
    exit 77
fi
find "$objects" -name '*.o' >"$work/objects" 2>/dev/null
if [ ! -s "$work/objects" ]; then
    echo "$objects: no objects of the program; build first" >&2
    exit 77
fi
# An object whose source is gone is left from an earlier build.
root=${1:?usage: symbols.sh SOURCE_ROOT}
while IFS= read -r object; do
    source=${object#"$objects"/}
    case $source in
    cli/*) [ -f "$root/tools/${source%.o}" ] || continue ;;
    esac
    define "lockstep: $(basename "$object")" "$object"
done <"$work/objects"

[ "$(wc -l <"$work/all")" -gt 100 ] || {
    echo "nm told of too few symbols in $tools" >&2
    exit 1
}
cut -d' ' -f1 "$work/all" | sort | uniq -d >"$work/twice"
while IFS= read -r symbol; do
    echo "$symbol is defined in:" >&2
    grep "^$symbol " "$work/all" | cut -d' ' -f2- | sed 's/^/    /' >&2
done <"$work/twice"
echo "$(wc -l <"$work/all") symbols, $(wc -l <"$work/twice") defined twice"
[ ! -s "$work/twice" ]
