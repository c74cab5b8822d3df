# Installed under a prefix with a blank in it, the tool finds its own files.
. "$(dirname "$0")/lib.sh"

: "${BUILD:?the build tree}"
prefix="$work/pre fix"
expect 0 cmake --install "$BUILD" --prefix "$prefix"
tool="$prefix/bin/lockstep"
[ -x "$tool" ] || fail "no $tool"
[ -f "$prefix/share/man/man1/lockstep.1" ] || fail "no man page"
[ -n "$(find "$prefix" -name lockstep-server -perm -u+x)" ] ||
    fail "no lockstep-server"
expect 0 "$tool" list --json
jq -e --arg p "$prefix" 'all(.[]; .dir | startswith($p))' "$printed" \
    >/dev/null || fail "the cases are not the installed ones"
# One of them includes the other header of the cases.
expect 0 "$tool" gate --out "$work/out" --detector watchdog \
    double-acquire shared-curl-handle
said "^gate: passed"
said "held by itself since"

# gcc's OpenMP needs LLVM's libomp, which stands in for libgomp; without it the
# detector still judges the rest.
openmp=sum-of-squares:openmp-static
stand_in=$(find "$prefix" -name libgomp.so.1)
[ -L "$stand_in" ] || fail "no libgomp.so.1 is installed"
gate() {
    wanted=$1
    shift
    expect "$wanted" "$tool" gate --out "$work/out" --detector tsan-gcc "$@"
}
if [ -f "$stand_in" ]; then
    gate 0 $openmp
    said "openmp-static +ok"
fi
ln -sf /nonexistent "$stand_in"
gate 77 $openmp
said "cannot be used: tsan-gcc for OpenMP: .*apt-get install libomp-19-dev"
gate 3 $openmp --require tsan-gcc
said "tsan-gcc is required but cannot judge OpenMP"
gate 0 sum-of-squares:pthread --require tsan-gcc
unsaid "OpenMP"
expect 0 "$tool" doctor --out "$work/out" --detector tsan-gcc
said "^alive +tsan-gcc"
said "but for OpenMP: .*apt-get install libomp-19-dev"
