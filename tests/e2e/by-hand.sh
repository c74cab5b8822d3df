# What `commands` prints works when it is pasted, and gives the same verdict.
. "$(dirname "$0")/lib.sh"

cd "$work"
paste() {
    "$LOCKSTEP" commands "$1" --detector "$2" >"$work/lines"
    printf '%s\n' "--- $1 $2" >"$printed"
    cat "$work/lines" >>"$printed"
    sh "$work/lines" >>"$printed" 2>&1 </dev/null || true
}

paste unlocked-counter:buggy tsan-gcc
said "WARNING: ThreadSanitizer: data race"
said "/unlocked-counter/buggy.c:[0-9]+"
paste unlocked-counter:fixed tsan-gcc
unsaid "WARNING: ThreadSanitizer"
said "INVARIANT HELD"
paste unlocked-counter:buggy tsan-clang
said "WARNING: ThreadSanitizer: data race"
paste unlocked-counter:buggy helgrind
said "Possible data race"
paste unlocked-counter:buggy drd
said "Conflicting (load|store)"
paste double-acquire:buggy watchdog
said "buggy.c:[0-9]+"
said "pthread_mutex_lock"
paste double-acquire:buggy helgrind
said "re-lock a non-recursive lock"
paste sum-of-squares:openmp tsan-clang
unsaid "WARNING: ThreadSanitizer"
said "INVARIANT HELD"
paste sum-of-squares:openmp tsan-gcc
said "not supported"
