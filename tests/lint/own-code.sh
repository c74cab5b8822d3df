#!/bin/sh
# Lockstep's own code is clean under clang-tidy, cppcheck and, where it has locks,
# clang's thread-safety analysis; and it is formatted.
#     BUILD=build tests/lint/own-code.sh SOURCE_ROOT
# Ends with 77 when a tool is missing, 1 when one complains. The analyser behind
# clang-tidy follows 50,000 states of a function; with LINT_DEEP=1 as many as it
# likes (225,000), which takes five times as long.
# SPDX-License-Identifier: MIT
set -u
root=${1:?usage: own-code.sh SOURCE_ROOT}
build=${BUILD:?the build tree, for compile_commands.json}
cd "$root" || exit 2

for tool in clang-19 clang-tidy-19 cppcheck clang-format; do
    command -v $tool >/dev/null || {
        echo "own-code: $tool is not installed"
        exit 77
    }
done

failed=0
complain() {
    echo "own-code: $1"
    failed=1
}

find tools tests cases examples sanitizer-configs -name '*.[ch]' -print0 |
    xargs -0 clang-format --dry-run --Werror ||
    complain "not formatted: make format"

# It has one thread: beside the others.
cppcheck --enable=warning,performance,portability --inline-suppr --std=c11 \
    --quiet --error-exitcode=1 -I tools --suppress=missingIncludeSystem tools &
cppcheck=$!

grep -rlZ --include='*.c' 'pthread_[a-z_]*lock(' tools |
    xargs -0 -n1 clang-19 -fsyntax-only -std=gnu17 -D_GNU_SOURCE \
        -DLOCKSTEP_VERSION='""' -I tools -include cases/thread_safety.h \
        -Wno-everything -Wthread-safety -Wthread-safety-beta -Werror ||
    complain "thread safety"

states='--extra-arg=-Xclang --extra-arg=-analyzer-config
    --extra-arg=-Xclang --extra-arg=max-nodes=50000'
[ -z "${LINT_DEEP:-}" ] || states=
# shellcheck disable=SC2086 # words
find tools -name '*.c' -print0 |
    xargs -0 -P"$(nproc)" -n8 clang-tidy-19 --quiet -p "$build" $states \
        2>/dev/null ||
    complain "clang-tidy"
wait $cppcheck || complain "cppcheck"
exit $failed
