# A disk that fills up: said so, exit 3, never a verdict.
. "$(dirname "$0")/lib.sh"

if ! unshare -rm true 2>/dev/null; then
    echo "SKIPPED: no mount namespace can be made here"
    exit 77
fi
corpus "$work/c" data-race/unlocked-counter
mkdir "$work/small"
# From too small for a folder to too small for the second program. One job: what
# two leave each other is a matter of luck.
for size in 16k 200k 600k; do
    expect 3 unshare -rm sh -c '
        mount -t tmpfs -o size='$size' none "$1" &&
        TMPDIR="$1" "$2" gate --cases "$3" --out "$1/out" --detector tsan-gcc --jobs 1' \
        sh "$work/small" "$LOCKSTEP" "$work/c"
    said "[Nn]o space left"
    unsaid "^gate: passed"
done
