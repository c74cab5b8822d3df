#!/bin/sh
# The cases cover what cases/coverage.yaml wants of them, and it names no reason
# for want of a case where there is one.
#     LOCKSTEP=build/lockstep tests/lint/coverage.sh SOURCE_ROOT
# SPDX-License-Identifier: MIT
set -u
root=${1:?usage: coverage.sh SOURCE_ROOT}
cd "$root" || exit 2

if out=$("${LOCKSTEP:?the tool}" coverage --cases cases); then
    echo "$out" | tail -n 1
    exit 0
fi
echo "$out" | sed -n '/coverage.yaml:[0-9]/,$p' >&2
echo "lint/coverage: cases/coverage.yaml and the cases do not agree" >&2
exit 1
