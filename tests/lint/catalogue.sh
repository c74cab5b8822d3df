#!/bin/sh
# cases/README.md is what the manifests say today, and no verdict is wanting.
#     LOCKSTEP=build/lockstep tests/lint/catalogue.sh SOURCE_ROOT
# SPDX-License-Identifier: MIT
set -u
root=${1:?usage: catalogue.sh SOURCE_ROOT}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

"${LOCKSTEP:?the tool}" catalogue --cases "$root/cases" >"$work/README.md" ||
    exit 1
diff -u "$root/cases/README.md" "$work/README.md" >&2 || {
    echo "lint/catalogue: cases/README.md is not up to date: make catalogue" >&2
    exit 1
}

unmeasured=$(sed -n 's/^| \[\([^]]*\)\].*| ? .*/\1/p' "$root/cases/README.md")
[ -z "$unmeasured" ] || {
    echo "lint/catalogue: not measured under each detector:" $unmeasured >&2
    exit 1
}
