#!/bin/sh
# Makes the golden reports of the analysers anew, from tests/golden/analysed, with
# the commands that `lockstep` itself would use and neutral paths.
#
#     tests/golden/make-analysers.sh [ID...]
#
# SPDX-License-Identifier: MIT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
configs=$(cd "$here/../../sanitizer-configs" && pwd)
[ $# -gt 0 ] || set -- gcc-analyzer cppcheck sparse coccinelle
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

options() {
    sed -e '/^#/d' -e '/^ *$/d' "$configs/$1/options"
}

# shellcheck disable=SC2046 # an option is a word
analyse() { # id source
    case $1 in
    gcc-analyzer)
        gcc-12 -fanalyzer $(options "$1") -include "$configs/$1/model.h" \
            -fdiagnostics-format=json "$2" 2>&1 ;;
    cppcheck)
        cppcheck $(options "$1") --xml --suppressions-list="$configs/$1/unrelated" --cppcheck-build-dir="$work" \
            --output-file="$work/report" "$2" && cat "$work/report" ;;
    sparse)
        sparse $(options "$1") -include "$configs/$1/contexts.h" "$2" 2>&1 ;;
    coccinelle)
        cd "$configs/$1" && LOCKSTEP_REPORT=json spatch $(options "$1") \
            --sp-file all.cocci "$2" 2>"$work/err" ;;
    esac || :
}

for id in "$@"; do
    case $id in
    gcc-analyzer) ext=json ;;
    cppcheck) ext=xml ;;
    sparse) ext=txt ;;
    coccinelle) ext=jsonl ;;
    esac
    mkdir -p "$here/$id"
    for source in "$here"/analysed/*.c; do
        analyse "$id" "$source" | sed -e "s|$here/analysed|/src|g" \
            -e "s|$configs|/configs|g" -e "s|$work|/work|g" \
            >"$here/$id/$(basename "$source" .c).$ext"
    done
    # What spatch cannot read it tells on stderr only.
    [ "$id" != coccinelle ] || (analyse "$id" "$here/analysed/broken.c" \
        >"$work/out" && grep -i "^bad" "$work/err" >"$here/$id/broken.err")
    # A report cut off in its middle.
    hit=$here/$id/hit.$ext
    head -c $(($(wc -c <"$hit") / 2)) "$hit" >"$here/$id/truncated.$ext"
done
