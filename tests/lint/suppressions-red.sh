#!/bin/sh
# Breaks each rule of suppressions.sh once, in a copy, and sees that it is
# complained of.
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016,SC2034 # the commands are for eval
#
# Usage: suppressions-red.sh SOURCE_ROOT

root=${1:?usage: suppressions-red.sh SOURCE_ROOT}
command -v gcc >/dev/null || exit 77
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0
file=$work/t/sanitizer-configs/tsan-gcc/suppressions

# red WANTED_TEXT COMMAND: COMMAND breaks a fresh tree; "" wants no complaint.
red() {
    rm -rf "$work/t"
    mkdir -p "$work/t/sanitizer-configs" "$work/t/tests/lint/suppressions"
    cp -r "$root/sanitizer-configs/tsan-gcc" "$work/t/sanitizer-configs"
    cp "$root/tests/lint/suppressions/time.c" "$work/t/tests/lint/suppressions"
    eval "$2"
    sh "$root/tests/lint/suppressions.sh" "$work/t" >"$work/out" 2>&1
    status=$?
    if [ -z "$1" ] && [ $status -eq 0 ]; then
        return
    elif [ -z "$1" ] || [ $status -ne 1 ] || ! grep -q -- "$1" "$work/out"; then
        echo "$2: status $status, wanted '$1':" >&2
        cat "$work/out" >&2
        bad=1
    fi
}

red '' ':'
red 'matched nothing' 'printf "# Why.\nrace:nothing\n" >>"$file"'
red 'without its reason' 'printf "\nrace:nothing\n" >>"$file"'
red 'stands there twice' 'sed -n "/^race:/s/^/# Why.\n/p" "$file" >>"$file.x"; cat "$file.x" >>"$file"; rm "$file.x"'
red 'reports a correct program' 'sed -i "s/^race:.*//" "$file"'
red 'does not build' 'echo "#error" >>"$work/t/tests/lint/suppressions/time.c"'
exit $bad
