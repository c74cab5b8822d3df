# What the end-to-end tests share. Each test is a POSIX sh script that sources
# this file; LOCKSTEP is the tool, SOURCE the source tree.
# SPDX-License-Identifier: MIT
set -eu
: "${LOCKSTEP:?the tool under test}" "${SOURCE:?the source tree}"

work=$(mktemp -d "${TMPDIR:-/tmp}/lockstep e2e.XXXXXX")
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
# Nothing may be written outside of $work.
export HOME="$work/home" XDG_CACHE_HOME="$work/cache" NO_COLOR=1
mkdir -p "$HOME"
printed=$work/printed

fail() {
    echo "FAILED: $*" >&2
    if [ -f "$printed" ]; then
        echo "--- printed:" >&2
        cat "$printed" >&2
    fi
    exit 1
}

# expect CODE COMMAND...: runs it, keeps what it prints, compares its exit code.
expect() {
    wanted=$1
    shift
    code=0
    "$@" >"$printed" 2>&1 </dev/null || code=$?
    [ "$code" -eq "$wanted" ] || fail "exit code $code, not $wanted, of: $*"
}

# said PATTERN: what was printed has a line that matches the extended regex.
said() {
    grep -qE -- "$1" "$printed" || fail "not printed: $1"
}

unsaid() {
    ! grep -qE -- "$1" "$printed" || fail "printed, but must not be: $1"
}

# check FILTER: the filter of jq holds of the JSON that was printed.
check() {
    jq -e "$1" "$printed" >/dev/null || fail "not true of the JSON: $1"
}

# racy FILE: a program in which two threads race for `tickets`, in line 5.
racy() {
    cat >"$1" <<'X'
#include <pthread.h>
static int tickets;
static void *sell(void *arg)
{
    tickets++;
    return arg;
}
int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, sell, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return 0;
}
X
}

# guess MANIFEST: records wrongly that tsan-gcc misses the bug.
guess() {
    sed -i 's/^  - detectors: \[tsan-gcc, /  - {detectors: [tsan-gcc], verdict: missed, reason: a guess}\
  - detectors: [/' "$1"
    grep -q 'a guess' "$1" || fail "tsan-gcc's record in $1 has another form"
}

# corpus DIR CASE...: a corpus of some of the cases.
corpus() {
    dir=$1
    shift
    mkdir -p "$dir"
    cp "$SOURCE/cases/"*.h "$dir/"
    for each in "$@"; do
        mkdir -p "$dir/${each%/*}"
        for header in "$SOURCE/cases/${each%/*}/"*.h; do
            [ ! -f "$header" ] || cp "$header" "$dir/${each%/*}/"
        done
        cp -r "$SOURCE/cases/$each" "$dir/$each"
    done
}

# Waits until programs run, not only compilers, of the Lockstep with process $pid
# and the out folder $work/out.
await_programs() {
    while ! pgrep -f "$work/out/cache/[^ ]*/program" >/dev/null; do
        kill -0 $pid 2>/dev/null || fail "it ended by itself"
        sleep 0.1
    done
}
