#!/bin/sh
# What was judged of the broken programs (tests/explore/mutants/judged) is told of
# ones that there are. It stays with them when lines move, and no longer, which
# is seen on a copy of the corpus.
#     tests/lint/mutants.sh SOURCE_ROOT
# SPDX-License-Identifier: MIT
set -eu
root=${1:?usage: mutants.sh SOURCE_ROOT}
command -v python3 >/dev/null || exit 77
export PYTHONDONTWRITEBYTECODE=1
mutants=tests/explore/mutants
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

complain() {
    echo "lint/mutants: $*" >&2
    exit 1
}

cd "$root"
$mutants/mutants.py check || complain "judge them again, or take them away"
$mutants/mutants.py list >"$work/names"
[ -z "$(uniq -d "$work/names")" ] || complain "two mutants of one name"

mkdir -p "$work/$mutants"
cp $mutants/*.py $mutants/judged $mutants/sizes "$work/$mutants"
cp -r cases "$work"
cd "$work"
find cases -name 'fixed*.c' -exec sed -i 's|^static |/* moved */\n&|' {} +
$mutants/mutants.py list | cmp names - ||
    complain "a line that moves changes the names of mutants"

changed=$(echo cases/*/lost-wakeup/fixed.c)
sed -i '/pthread_cond_signal/d' "$changed"
! $mutants/mutants.py check >said || complain "nothing is said of what is gone"
grep -q '^judged: there is no lost-wakeup:fixed:load:' said ||
    complain "what is gone is not named: $(cat said)"
