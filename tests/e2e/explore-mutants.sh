# Fixed programs of the corpus that are broken in a small way are found out, and
# those that stay right are verified: a sample of what `make mutants` does.
. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || exit 77
mutants=$SOURCE/tests/explore/mutants/mutants.py
export PYTHONDONTWRITEBYTECODE=1

cat >"$work/wanted" <<'X'
bank-transfer:fixed-one-lock:audit:drop-pair:f39b3b BUG
callback-before-registered:fixed:await_ready:drop-cond-wait:4029b7 BUG
callback-before-registered:fixed:scale_on_ready:drop-pair:29900f VERIFIED
condvar-wait-holding-second-lock:fixed:postman:unlock-early:49c5a2 VERIFIED
far-apart:fixed:come_in:drop-post:703d50 BUG
gate-lock:fixed:deliver:drop-pair:355456 VERIFIED
gate-lock:fixed:deliver:drop-pair:92fc7b BUG
initialised-while-waited:fixed:kitchen_serve:drop-signal:ce3716 BUG
key-destructor-leak:fixed:line_buffer:split-update:395f1a BUG
predicate-changed-outside-lock:fixed:shut_down:drop-signal:85d431 BUG
semaphore-cycle:fixed:send_faxes:swap:2d1e93 VERIFIED
unlocked-counter:fixed:work:drop-lock:717521 BUG
X
names=$(cut -d' ' -f1 "$work/wanted" | paste -sd'|')
said_of_each() {
    jq -r 'select(.name | test(":.*:")) | "\(.name) \(.verdict)"' \
        "$work/results" | LC_ALL=C sort >"$printed"
    diff "$work/wanted" "$printed" >"$work/differs" || {
        cat "$work/differs" >&2
        fail "$1"
    }
}
"$mutants" explore "$work/results" "^($names)\$" ||
    fail "the mutants cannot be explored"
said_of_each "other verdicts than wanted"

# Broken off, and gone on with: what is there already is not done again.
all=$(wc -l <"$work/results")
sed -i '3,$s/"verdict": "[A-Z]*"/"verdict": "kept"/; $d' "$work/results"
kept=$(grep -c '"kept"' "$work/results")
"$mutants" explore --resume "$work/results" "^($names)\$"
[ "$(grep -c '"kept"' "$work/results")" -eq "$kept" ] ||
    fail "what is there already was done again"
[ "$(wc -l <"$work/results")" -eq "$all" ] || fail "not all, or some twice"
