#!/bin/sh
# The facts of docs/detectors.md are what the manifests say today.
#     LOCKSTEP=build/lockstep tests/lint/facts.sh SOURCE_ROOT
# SPDX-License-Identifier: MIT
set -u
root=${1:?usage: facts.sh SOURCE_ROOT}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

"${LOCKSTEP:?the tool}" catalogue --cases "$root/cases" \
    --facts "$root/docs/detectors.md" --costs "$root/docs/costs.json" \
    >"$work/detectors.md" || exit 1
diff -u "$root/docs/detectors.md" "$work/detectors.md" >&2 || {
    echo "lint/facts: docs/detectors.md is not up to date: make catalogue" >&2
    exit 1
}
