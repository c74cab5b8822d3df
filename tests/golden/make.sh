#!/bin/sh
# Makes the golden reports anew, by real runs of tests/golden/programs under the
# commands that `lockstep` itself would use, with neutral paths.
#
#     tests/golden/make.sh BUILD_DIR [ID...]
#
# Thread numbers, addresses and pids may differ between runs: look at the diff.
# SPDX-License-Identifier: MIT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
configs=$(cd "$here/../../sanitizer-configs" && pwd)
build=$(cd "${1:?build folder}" && pwd)
shift
[ $# -gt 0 ] || set -- tsan-gcc tsan-clang helgrind drd
work=$build/golden
frames='FR|%n|%f|%s|%l|%c|%m'

options() {
    sed -e '/^#/d' -e '/^ *$/d' "$@"
}

neutral() {
    sed -e "s|$work/[^/ ]*/|/build/|g" -e "s|$work|/build|g" -e "s|$build|/build|g" \
        -e "s|$configs|/configs|g" "$@"
}

compile() { # id source output
    map=-ffile-prefix-map=$here/programs=/src
    more=
    case $1:$2 in
    *openmp*) more=-fopenmp ;;
    helgrind:*) ;;
    */c11*) more="-I c11 -ffile-prefix-map=c11=/sanitizer-configs/c11" ;;
    esac
    cd "$configs"
    # shellcheck disable=SC2086
    case $1 in
    tsan-gcc) gcc -std=gnu17 -g -Og -fsanitize=thread -pthread \
        $more "$map" -o "$3" "$2" ;;
    tsan-clang) clang-19 -std=gnu17 -g -O0 -fsanitize=thread -pthread \
        $more "$map" -o "$3" "$2" ;;
    *) gcc -std=gnu17 -O0 -gdwarf-4 -no-pie -pthread \
        $more "$map" -o "$3" "$2" ;;
    esac
    cd "$OLDPWD"
}

# Programs that a detector has nothing to say about, or that hang under it.
wanted() { # id name
    case $1:$2 in
    tsan-*:openmp_race) return 0 ;;
    *:openmp_race | helgrind:annotated | drd:annotated) return 1 ;;
    tsan-*:relock* | tsan-*:primitives) return 1 ;;
    esac
}

run() { # id program report-prefix
    case $1 in
    tsan-*)
        all=$(options "$configs/$1/options" | paste -sd:)
        case $2 in *openmp*)
            all=$all:$(options "$configs/$1/options-openmp" | paste -sd:) ;;
        esac
        TSAN_OPTIONS="$all:log_path=\"$3\":stack_trace_format=\"$frames\"" \
            OMP_NUM_THREADS=4 \
            OMP_TOOL_LIBRARIES=/usr/lib/llvm-19/lib/libarcher.so \
            LD_LIBRARY_PATH="$build/lib/openmp" \
            timeout 20 setarch -R "$2" ;;
    *)
        # shellcheck disable=SC2046
        timeout 5 valgrind -q --tool="$1" $(options "$configs/$1/options") \
            --xml=yes --xml-file="$3.%p" "$2" ;;
    esac
}

for id in "$@"; do
    ext=txt
    case $id in helgrind | drd) ext=xml ;; esac
    mkdir -p "$work/$id" "$here/$id"
    for source in "$here"/programs/*.c; do
        name=$(basename "$source" .c)
        wanted "$id" "$name" || continue
        rm -f "$work/$id/$name".*
        compile "$id" "$source" "$work/$id/$name"
        echo "$id: $name"
        run "$id" "$work/$id/$name" "$work/$id/$name.report" \
            >"$work/$id/$name.out" 2>"$work/$id/$name.err" || :
        n=
        for report in "$work/$id/$name".report.*; do
            [ -f "$report" ] || continue
            neutral "$report" >"$here/$id/$name$n.$ext"
            n=$((${n:-0} + 1))
        done
    done
    # A report cut off in the middle of its last finding, as by KILL.
    hit=$here/$id/hit.$ext
    case $ext in
    txt) sed '/  Location is/,$d' "$hit" >"$here/$id/truncated.$ext" ;;
    xml) awk '/<error>/ { n++ } n == 2 && /<stack>/ { exit } 1' "$hit" \
        >"$here/$id/truncated.$ext" ;;
    esac
done
