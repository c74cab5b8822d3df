# The examples of CMake in docs/detectors.md do what they say: each is put into a
# project whose program has something for every detector.
. "$(dirname "$0")/lib.sh"

for tool in cmake ninja; do
    command -v $tool >/dev/null || exit 77
done
page=$SOURCE/docs/detectors.md
cp "$SOURCE/tests/golden/analysed/hit.c" "$work/a.c"
cd "$work"

# Each block into a file of its own: 1.cmake, 2.cmake...
awk '/^```cmake$/ { n++; inside = 1; next } /^```$/ { inside = 0 }
     inside { print >(n ".cmake") }' "$page"
[ -f 9.cmake ] || fail "fewer examples than there were"

# What a block needs; without it, it is passed over.
tool_of() {
    sed -n 's/.*COMMAND \([a-z][a-z0-9-]*\) .*/\1/p; s/.*CMAKE_C_[A-Z_]* \([a-z][a-z0-9-]*\).*/\1/p' \
        "$1" | head -n 1
}

tried=0
for block in *.cmake; do
    tool=$(tool_of "$block")
    [ -z "$tool" ] || command -v "$tool" >/dev/null || continue
    compiler=gcc
    grep -q 'MATCHES Clang' "$block" && compiler=clang-19
    command -v $compiler >/dev/null || continue
    variables=
    grep -q '^set(CMAKE' "$block" && variables=$(cat "$block")
    cat >CMakeLists.txt <<C
cmake_minimum_required(VERSION 3.25)
project(example C)
set(LOCKSTEP "$SOURCE")
enable_testing()
$variables
add_executable(app a.c)
target_link_options(app PRIVATE -pthread)
add_test(NAME app-test COMMAND app)
$([ -n "$variables" ] || cat "$block")
C
    rm -rf b
    expect 0 cmake -G Ninja -DCMAKE_C_COMPILER=$compiler -S . -B b
    target=$(sed -n 's/^add_custom_target(\([a-z-]*\).*/\1/p' "$block")
    wanted=0
    [ "$target" != app-explored ] || wanted=1 # it fails the build
    expect $wanted cmake --build b --target "${target:-app}"
    case $target$variables$(grep -o 'thread-safety ' "$block") in
    '') ;;
    *) said 'a\.c:[0-9]+(:[0-9]+: |, in )' ;;
    esac
    tried=$((tried + 1))
done
[ $tried -gt 0 ] || exit 77
