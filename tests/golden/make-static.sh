#!/bin/sh
# Makes the golden reports of the static detectors of clang anew, from
# tests/golden/sources, with the commands that `lockstep` itself would use, and
# with neutral paths.
#
#     tests/golden/make-static.sh WORK_FOLDER
#
# A source that has nothing to say of it leaves no YAML. What is read of a report
# is in the .told beside it: look at the diff of both.
# SPDX-License-Identifier: MIT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${1:?work folder}
mkdir -p "$work" "$here/clang-thread-safety" "$here/clang-analyzer" \
    "$here/clang-tidy"
flags="-std=gnu17 -pthread -fopenmp -I $root/cases"

# options ID COMMAND...: the command with the options of ID after its first word.
options() {
    id=$1 command=$2
    shift 2
    grep -v -e '^#' -e '^ *$' "$root/sanitizer-configs/$id/options" >"$work/o"
    set -- "$@" --end
    while IFS= read -r line; do
        set -- "$@" "$line"
    done <"$work/o"
    # The options come first.
    while [ "$1" != --end ]; do
        set -- "$@" "$1"
        shift
    done
    shift
    "$command" "$@"
}

neutral() {
    sed "s|$here/sources|/src|g; s|$root|/lockstep|g" "$1" >"$2"
}

for source in "$here"/sources/*.c; do
    name=$(basename "$source" .c)
    # shellcheck disable=SC2086
    options clang-thread-safety clang-19 -fsyntax-only \
        -fdiagnostics-format=sarif -Wno-sarif-format-unstable \
        -include "$root/cases/thread_safety.h" $flags "$source" \
        2>"$work/out" || :
    neutral "$work/out" "$here/clang-thread-safety/$name.sarif"
    rm -f "$work/out"
    # shellcheck disable=SC2086
    options clang-analyzer clang-19 --analyze --analyzer-output sarif $flags \
        -o "$work/out" "$source" 2>/dev/null || :
    [ ! -s "$work/out" ] || neutral "$work/out" "$here/clang-analyzer/$name.sarif"
    rm -f "$work/out"
    # shellcheck disable=SC2086
    options clang-tidy clang-tidy-19 --export-fixes="$work/out" "$source" -- \
        -Wno-everything $flags >/dev/null 2>&1 || :
    [ ! -s "$work/out" ] || neutral "$work/out" "$here/clang-tidy/$name.yaml"
done
for id in clang-thread-safety clang-analyzer; do
    head -c 3000 "$here/$id/hit.sarif" >"$here/$id/truncated.sarif"
done
head -c 900 "$here/clang-tidy/hit.yaml" >"$here/clang-tidy/truncated.yaml"
