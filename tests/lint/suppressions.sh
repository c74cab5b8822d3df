#!/bin/sh
# Every suppression in sanitizer-configs has its reason and a program under
# tests/lint/suppressions that it is needed for; and with all of them these
# programs, which are correct, are clean.
#
# Usage: suppressions.sh SOURCE_ROOT
#
# Exit: 0 fine, 1 a suppression is idle, unexplained or missing, 77 no tool.
# SPDX-License-Identifier: MIT
set -u
root=${1:?usage: suppressions.sh SOURCE_ROOT}
configs=$root/sanitizer-configs
programs=$root/tests/lint/suppressions
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
failed=0
checked=0

fail() {
    echo "$1" >&2
    failed=1
}

# The names of a file's suppressions, one a line.
names() { # id file
    case $1 in
    tsan-*) sed -n '/^[a-z_]*:/p' "$2" ;;
    *) awk 'named { print $1; named = 0 } /^\{/ { named = 1 }' "$2" ;;
    esac
}

# A suppression with no comment right before it.
unexplained() { # id file
    awk -v id="$1" '
        (id ~ /^tsan/ ? /^[a-z_]*:/ : /^\{/) && last !~ /^# ./ { print FNR }
        { last = $0 }' "$2"
}

build() { # id source output
    libs=$(sed -n 's/^ \* Link: //p' "$2")
    # shellcheck disable=SC2086
    case $1 in
    tsan-gcc) gcc -std=gnu17 -g -Og -fsanitize=thread -pthread -o "$3" "$2" $libs ;;
    tsan-clang)
        clang-19 -std=gnu17 -g -O0 -fsanitize=thread -pthread -o "$3" "$2" $libs ;;
    *) gcc -std=gnu17 -O0 -gdwarf-4 -no-pie -pthread -o "$3" "$2" $libs ;;
    esac
}

options() {
    sed -e '/^#/d' -e '/^ *$/d' "$1"
}

# Runs a program; the tool's words go to $work/said.log.
run() { # id program suppressions
    case $1 in
    tsan-*)
        TSAN_OPTIONS="$(options "$configs/$1/options" | paste -sd:):print_suppressions=1:suppressions=\"$3\"" \
            setarch -R "$2" >"$work/out.log" 2>"$work/said.log" ;;
    *)
        # shellcheck disable=SC2046
        valgrind -v --tool="$1" $(options "$configs/$1/options") \
            --suppressions="$3" "$2" >"$work/out.log" 2>"$work/said.log" ;;
    esac
}

# What was matched, from what the tool said.
used() { # id
    case $1 in
    tsan-*) sed -n 's/^ *[0-9][0-9]* \([a-z_]*:.*\)/\1/p' "$work/said.log" ;;
    *) sed -n 's/^--[0-9]*-- used_suppression: *[0-9]* \([^ ]*\).*/\1/p' "$work/said.log" ;;
    esac
}

# Whether the tool reported anything that was not suppressed.
reported() { # id
    case $1 in
    tsan-*) grep -q 'WARNING: ThreadSanitizer' "$work/said.log" ;;
    *) ! grep -q 'ERROR SUMMARY: 0 errors' "$work/said.log" ;;
    esac
}

one_round() { # id suppressions
    for source in "$programs"/*.c; do
        run "$1" "$work/$(basename "$source" .c)" "$2"
        used "$1" >>"$work/used.list"
        reported "$1" || continue
        fail "$source: $1 reports a correct program"
        grep -E -A 14 'WARNING: Th|Conflicting |Possible data race' \
            "$work/said.log" | sed 's/^/    /' | head -40 >&2
    done
}

# The names that nothing matched so far.
idle() {
    grep -vxF -f "$work/used.list" "$work/all.list"
}

check() { # id
    id=$1
    file=$configs/$id/suppressions
    for line in $(unexplained "$id" "$file"); do
        fail "$file:$line: a suppression without its reason; write a comment before it"
    done
    : >"$work/used.list"
    names "$id" "$file" >"$work/all.list"
    for source in "$programs"/*.c; do
        build "$id" "$source" "$work/$(basename "$source" .c)" ||
            fail "$source: does not build for $id"
    done
    # Noise depends on the schedule: rounds until every suppression was used.
    for round in 1 2 3 4 5 6 7 8 9 10; do
        one_round "$id" "$file"
        [ "$round" -lt 2 ] || [ -n "$(idle)" ] || break
    done
    idle | while IFS= read -r name; do
        echo "$file: '$name' matched nothing; remove it, or add a program to $programs" >&2
    done
    [ -z "$(idle)" ] || failed=1
    sort "$work/all.list" | uniq -d | while IFS= read -r name; do
        echo "$file: '$name' stands there twice" >&2
    done
    [ -z "$(sort "$work/all.list" | uniq -d)" ] || failed=1
    checked=$((checked + 1))
}

has() {
    command -v "$1" >/dev/null 2>&1
}

for dir in "$configs"/*/; do
    id=$(basename "$dir")
    [ -f "$dir/suppressions" ] || continue
    case $id in
    tsan-gcc) tool=gcc ;;
    tsan-clang) tool=clang-19 ;;
    *) tool=valgrind ;;
    esac
    has "$tool" && check "$id"
done
[ "$checked" -gt 0 ] || exit 77
exit "$failed"
