#!/bin/sh
# Each rule of sanitizer-configs/coccinelle reports all lines that its source in
# tests/golden/coccinelle/rules marks with HIT, and no other; and there is such
# a source for every rule.
#     tests/e2e/semantic-patches.sh SOURCE_ROOT
# Ends with 77 without spatch.
# SPDX-License-Identifier: MIT
set -eu
root=${1:?usage: semantic-patches.sh SOURCE_ROOT}
configs=$root/sanitizer-configs/coccinelle
rules=$root/tests/golden/coccinelle/rules
command -v spatch >/dev/null || exit 77
PATH=/usr/bin:/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# The rule of a source: as its name, but for a line "Rule: ...".
rule_of() {
    rule=$(sed -n 's/^ \* Rule: //p' "$1")
    echo "${rule:-$(basename "$1" .c)}"
}

check() { # source
    rule=$(rule_of "$1")
    grep -n 'HIT \*/' "$1" | cut -d: -f1 | sort -u >"$work/wanted"
    # shellcheck disable=SC2046 # an option is a word
    (cd "$configs" && LOCKSTEP_REPORT=json spatch $(sed '/^#/d' options) \
        --sp-file all.cocci "$1") >"$work/said" 2>"$work/err" || :
    tail -n 1 "$work/said" | grep -qx '{"end": true}' || {
        echo "$1: spatch did not come to its end:" >&2
        cat "$work/err" >&2
        failed=1
        return
    }
    jq -r "select(.rule == \"$rule\") | .places[].line" "$work/said" |
        sort -u >"$work/lines"
    diff "$work/wanted" "$work/lines" >"$work/diff" || {
        echo "$1: $rule: lines that are wanted (<), and reported (>):" >&2
        cat "$work/diff" >&2
        failed=1
    }
}

for source in "$rules"/*.c; do
    check "$source"
    rule_of "$source" >>"$work/all"
done
sort -u "$work/all" >"$work/tested"
sed -n 's/.*report("\([a-z-]*\)".*/\1/p' "$configs"/*.cocci | sort -u \
    >"$work/rules"
diff "$work/rules" "$work/tested" >&2 || {
    echo "semantic-patches: a rule without a source, or the other way" >&2
    failed=1
}
exit $failed
