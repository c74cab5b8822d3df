# Fixed programs of the corpus that are broken in a small way are found out, and
# those that stay right are verified: a sample of what `make mutants` does.
. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || exit 77
mutants=$SOURCE/tests/explore/mutants/mutants.py
export PYTHONDONTWRITEBYTECODE=1

cat >"$work/wanted" <<'X'
bank-transfer:fixed-one-lock:34:drop-pair BUG
callback-before-registered:fixed:35:drop-pair VERIFIED
callback-before-registered:fixed:52:drop-cond-wait BUG
condvar-wait-holding-second-lock:fixed:52:unlock-early VERIFIED
far-apart:fixed:27:drop-post BUG
gate-lock:fixed:24:drop-pair BUG
gate-lock:fixed:27:drop-pair VERIFIED
initialised-while-waited:fixed:33:drop-signal BUG
key-destructor-leak:fixed:34:split-update BUG
predicate-changed-outside-lock:fixed:48:drop-signal BUG
semaphore-cycle:fixed:38:swap VERIFIED
unlocked-counter:fixed:25:drop-lock BUG
X
names=$(cut -d' ' -f1 "$work/wanted" | paste -sd'|')
"$mutants" explore -t 10 "$work/results" "^($names)\$" ||
    fail "the mutants cannot be explored"
jq -r '"\(.name) \(.verdict)"' "$work/results" | LC_ALL=C sort >"$printed"
diff "$work/wanted" "$printed" >"$work/differs" || {
    cat "$work/differs" >&2
    fail "other verdicts than wanted"
}

# The names do not change by themselves.
"$mutants" list 'lost-wakeup:fixed:.*:drop-' >"$printed"
said '^lost-wakeup:fixed:21:drop-signal$'
[ "$("$mutants" list | LC_ALL=C sort | uniq -d | wc -l)" -eq 0 ] ||
    fail "two mutants of one name"
