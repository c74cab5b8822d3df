# The installed package serves another project: find_package, lockstep_add_test
# with labels, locks and skips, pkg-config for the header.
. "$(dirname "$0")/lib.sh"

: "${BUILD:?the build tree}"
prefix="$work/pre fix"
expect 0 cmake --install "$BUILD" --prefix "$prefix"
cp -r "$SOURCE/examples/turnstiles" "$work/turnstiles"
cd "$work/turnstiles"
configure() {
    expect "$1" cmake -S . -B build -DCMAKE_PREFIX_PATH="$prefix" \
        -DCMAKE_BUILD_TYPE=Release
}
configure 0
expect 0 cmake --build build
# A detector that is not there is a skip, not a success; the rest is judged.
expect 0 ctest --test-dir build --output-on-failure
for id in tsan-gcc tsan-clang helgrind drd watchdog; do
    said "visitors\.$id +\.+ +(Passed|\*+Skipped)"
done
said "visitors\.drd +\.+ +Passed"
said "estimate\.tsan-gcc +\.+ +Passed"
expect 0 ctest --test-dir build -N -L lockstep-helgrind
said "Total Tests: 2"
expect 0 ctest --test-dir build -N -L '^known$'
said "Total Tests: 2"
expect 0 ctest --test-dir build --show-only=json-v1
jq -e '[.tests[] | select(.name == "visitors.drd") | .properties[] |
    {(.name): .value}] | add | .SKIP_RETURN_CODE == 77 and
    (.LABELS | index("lockstep-drd")) and
    (.RESOURCE_LOCK | index("lockstep-drd"))' "$printed" >/dev/null ||
    fail "labels, lock or skip code are missing"

# What was not known fails, at its line in the project.
rm known-races.json
echo '{"lockstep_baseline": 1, "findings": []}' >known-races.json
code=0
ctest --test-dir build --output-on-failure -R estimate >"$printed" 2>&1 ||
    code=$?
[ $code -ne 0 ] || fail "a race that is not known passed"
said "^ *visitors.c:[0-9]+:.*data race on .estimate.*\[tsan-gcc 1/1\]"
said "1 new finding"

# As built here, and mistakes in the call.
cat >>CMakeLists.txt <<'X'
lockstep_add_test(NAME asis COMMAND test_visitors counted
                  DETECTORS watchdog tsan-gcc BUILT REPEAT 2 TIMEOUT 5)
X
configure 0
expect 0 ctest --test-dir build -R asis
said "asis\.watchdog +\.+ +Passed"
said "asis\.tsan-gcc +\.+\*+Skipped"
bad() {
    cp CMakeLists.txt good
    echo "$1" >>CMakeLists.txt
    code=0
    cmake -S . -B build >"$printed" 2>&1 || code=$?
    cp good CMakeLists.txt
    [ $code -ne 0 ] || fail "accepted: $1"
    said "$2"
}
bad "lockstep_add_test(NAME x DETECTORS drd)" "COMMAND is missing"
bad "lockstep_add_test(NAME x COMMAND nosuch DETECTORS drd)" "not with 'nosuch'"
bad "lockstep_add_test(NAME x COMMAND test_visitors DETECTORS drd FAST)" \
    "no detector is called 'FAST'"
bad "lockstep_add_test(FAST NAME x COMMAND test_visitors DETECTORS drd)" \
    "unknown words: FAST"

# The header, by pkg-config, wherever the prefix is.
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
pc=$(find "$prefix" -name lockstep.pc)
[ -n "$pc" ] || fail "no lockstep.pc"
export PKG_CONFIG_PATH="${pc%/*}"
expect 0 pkg-config --validate lockstep
include=$(pkg-config --cflags-only-I lockstep | sed 's/^-I//; s/ *$//; s/\\ / /g')
[ "$(realpath -m "$include")" = "$(realpath -m "$prefix/include/lockstep")" ] ||
    fail "the include folder is '$include'"
if [ -f "$SOURCE/cases/thread_safety.h" ]; then
    echo '#include "thread_safety.h"' >header.c
    eval "gcc -fsyntax-only $(pkg-config --cflags lockstep) header.c" ||
        fail "the header is not found"
fi
