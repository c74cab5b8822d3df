# A corpus and an out folder with blanks and quotes in their names, a read-only
# checkout, and two runs at once in one out folder.
. "$(dirname "$0")/lib.sh"

dir="$work/it's a \"corpus\" \$HOME;"
corpus "$dir" data-race/unlocked-counter
expect 0 "$LOCKSTEP" gate --cases "$dir" --out "$work/o u't" --family dynamic
said "^gate: passed"

# sparse and cppcheck do not read files below such a folder: they are broken
# there, not silent. All others are static as elsewhere.
expect 0 "$LOCKSTEP" gate --cases "$dir" --out "$work/o u't" --detector \
    clang-analyzer,clang-thread-safety,clang-tidy,coccinelle,gcc-analyzer
said "^gate: passed"
expect 3 "$LOCKSTEP" gate --cases "$dir" --out "$work/o u't" \
    --detector cppcheck,sparse
said "^incomplete: sparse is broken"
said "^incomplete: cppcheck broke"
corpus "$work/it's a corpus \$HOME;" data-race/unlocked-counter
expect 0 "$LOCKSTEP" gate --cases "$work/it's a corpus \$HOME;" \
    --out "$work/o u't" --family static
said "^gate: passed"

chmod -R a-w "$dir"
read_only() {
    "$LOCKSTEP" gate --cases "$1" --out "$work/out" --detector tsan-gcc
}
if [ "$(id -u)" -ne 0 ]; then
    expect 0 read_only "$dir"
    said "^gate: passed"
elif unshare -m true 2>/dev/null; then
    # root writes where it likes, but not on a read-only mount
    mkdir "$work/ro"
    expect 0 unshare -m sh -c '
        mount --bind "$1" "$2" && mount -o remount,bind,ro "$2" &&
        ! touch "$2/x" 2>/dev/null &&
        "$3" gate --cases "$2" --out "$4" --detector tsan-gcc' \
        sh "$dir" "$work/ro" "$LOCKSTEP" "$work/out"
    said "^gate: passed"
else
    echo "a read-only checkout was not tried: root, and no mounts here"
fi

# An out folder that cannot be made is told, with what to do.
: >"$work/file"
expect 3 "$LOCKSTEP" run --cases "$dir" --out "$work/file/out" \
    --detector tsan-gcc
said "cannot be written.*--out DIR"

one() {
    "$LOCKSTEP" gate --cases "$dir" --out "$work/shared" --detector tsan-gcc \
        --repeat 3 >"$work/$1" 2>&1
}
one a &
first=$!
one b || fail "second of two runs: $(cat "$work/b")"
wait $first || fail "first of two runs: $(cat "$work/a")"
grep -q "^gate: passed" "$work/a" || fail "first run did not pass"
grep -q "^gate: passed" "$work/b" || fail "second run did not pass"
[ -d "$work/shared/cache" ] || fail "no cache in the out folder"
left=$(find "$work/shared/cache" -maxdepth 1 -name '*.??????' | wc -l)
[ "$left" -eq 0 ] || fail "half-made programs are left in the cache"
