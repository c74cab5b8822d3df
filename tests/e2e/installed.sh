# Installed under a prefix with a blank in it, the tool finds its own files.
. "$(dirname "$0")/lib.sh"

: "${BUILD:?the build tree}"
prefix="$work/pre fix"
expect 0 cmake --install "$BUILD" --prefix "$prefix"
tool="$prefix/bin/lockstep"
[ -x "$tool" ] || fail "no $tool"
[ -f "$prefix/share/man/man1/lockstep.1" ] || fail "no man page"
expect 0 "$tool" list --json
jq -e --arg p "$prefix" 'all(.[]; .dir | startswith($p))' "$printed" \
    >/dev/null || fail "the cases are not the installed ones"
# One of them includes the other header of the cases.
expect 0 "$tool" gate --out "$work/out" --detector watchdog \
    double-acquire shared-curl-handle
said "^gate: passed"
said "held by itself since"
