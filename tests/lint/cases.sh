#!/bin/sh
# Checks what every case must be: complete, labelled, short, warning-free.
# SPDX-License-Identifier: MIT
#
# Usage: cases.sh SOURCE_ROOT
# A reason in case.yaml lifts a limit:   # lint: long source: <reason>
#                                        # lint: long diff: <reason>
# LINT_CC names the compilers. Exits with 1 when a case breaks a rule.

max_lines=80
max_diff=30
root=${1:?usage: cases.sh SOURCE_ROOT}
compilers=${LINT_CC:-gcc clang-19}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

# complain PATH MESSAGE
complain() {
    echo "${1#"$root"/}: $2" >&2
    bad=$((bad + 1))
}

# The labels of a source, one a line, in their order.
labels() {
    sed -n 's|.*/\* @site \([A-Za-z0-9_-]*\) \*/.*|\1|p' "$1"
}

# The sites that the truth of a manifest names.
truth_sites() {
    sed -n 's/^ *sites: *\[\(.*\)\].*/\1/p' "$1" | tr ', ' '\n\n' | grep .
}

# excused MANIFEST WHAT: is there a reason why WHAT may be?
excused() {
    grep -q "^# lint: $2: ." "$1" 2>/dev/null
}

check_source() {
    file=$1 manifest=$2
    grep -q 'SPDX-License-Identifier: ' "$file" ||
        complain "$file" "no SPDX line"
    case $(head -n 1 "$file") in
    '/*'*) ;;
    *) complain "$file" "does not start with a comment of its purpose" ;;
    esac
    lines=$(wc -l <"$file")
    [ "$lines" -le $max_lines ] || excused "$manifest" "long source" ||
        complain "$file" "$lines lines, more than $max_lines"
    for name in $(labels "$file" | sort | uniq -d); do
        complain "$file" "the label $name stands more than once"
    done
    [ "$(grep -c '@site' "$file")" -eq "$(labels "$file" | wc -l)" ] ||
        complain "$file" "a label is not of the form /* @site name */"
}

check_compiles() {
    file=$1
    shift
    openmp= mpi=
    grep -q '^ *# *pragma omp' "$file" && openmp=-fopenmp
    if grep -q '^ *# *include <mpi.h>' "$file"; then
        mpi=$(mpicc --showme:compile 2>/dev/null) || {
            echo "${file#"$root"/}: not compiled: Open MPI is not installed"
            return 0
        }
    fi
    for cc in $compilers; do
        # clang's optimiser warns of loops with a pragma only.
        case $cc$openmp in
        clang*-fopenmp) only="-c -o /dev/null" ;;
        clang*) only=-fsyntax-only ;;
        *) only="-c -o /dev/null" ;;
        esac
        # shellcheck disable=SC2086 # words
        "$cc" -std=gnu17 -O2 -Wall -Wextra -Werror -pthread $openmp $mpi "$@" \
            -I "$root/cases" $only "$file" >"$work/log" 2>&1 ||
            complain "$file" "$cc${*:+ $*}: $(head -n 5 "$work/log")"
    done
}

# A fix has the labels of the bug; another cure may lack some.
check_fix_labels() {
    fix=$1 bug=$2
    labels "$bug" | sort >"$work/bug"
    labels "$fix" | sort >"$work/fix"
    for name in $(comm -13 "$work/bug" "$work/fix"); do
        complain "$fix" "the label $name is not in ${bug##*/}"
    done
    [ "${fix##*/}" = fixed.c ] || return 0
    for name in $(comm -23 "$work/bug" "$work/fix"); do
        complain "$fix" "lacks the label $name of ${bug##*/}"
    done
}

check_truth() {
    folder=$1 manifest=$2
    for bug in "$folder"/buggy*.c; do
        labels "$bug"
    done | sort -u >"$work/bug"
    truth_sites "$manifest" | sort -u >"$work/truth"
    for name in $(comm -23 "$work/bug" "$work/truth"); do
        complain "$manifest" "no truth uses the label $name"
    done
    for name in $(comm -13 "$work/bug" "$work/truth"); do
        complain "$manifest" "the truth names $name, which no bug has"
    done
}

check_pair() {
    folder=$1 manifest=$2
    if [ ! -f "$folder/fixed.c" ]; then
        complain "$folder" "buggy.c has no fixed.c"
        return
    fi
    for fix in "$folder"/fixed*.c; do
        check_fix_labels "$fix" "$folder/buggy.c"
    done
    changed=$(diff "$folder/buggy.c" "$folder/fixed.c" | grep -c '^[<>]')
    [ "$changed" -gt 0 ] || complain "$folder" "buggy.c and fixed.c are equal"
    [ "$changed" -le $max_diff ] || excused "$manifest" "long diff" ||
        complain "$folder" "the fix changes $changed lines, over $max_diff"
}

check_case() {
    folder=$1
    manifest=$folder/case.yaml
    [ -f "$manifest" ] || complain "$folder" "no case.yaml"
    for source in "$folder"/*.c; do
        check_source "$source" "$manifest"
        check_compiles "$source"
        ! grep -q '^model: c11$' "$manifest" 2>/dev/null ||
            check_compiles "$source" -I "$root/sanitizer-configs/c11"
    done
    [ -f "$folder/buggy.c" ] || return 0
    check_pair "$folder" "$manifest"
    [ ! -f "$manifest" ] || check_truth "$folder" "$manifest"
}

for cc in $compilers; do
    command -v "$cc" >/dev/null || {
        echo "cases.sh: no $cc: install it, or set LINT_CC" >&2
        exit 2
    }
done
cases=0
for folder in "$root"/cases/*/*/; do
    folder=${folder%/}
    ls "$folder"/*.c >/dev/null 2>&1 || {
        complain "$folder" "no source in it"
        continue
    }
    check_case "$folder"
    cases=$((cases + 1))
done
[ $cases -gt 0 ] || complain "$root/cases" "no case found"
echo "$cases cases, $bad complaints"
[ $bad -eq 0 ]
