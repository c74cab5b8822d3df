# Static detectors: nothing is built or run, one that is missing is named, a
# source that cannot be read is no miss, and an annotation is what it says.
. "$(dirname "$0")/lib.sh"

bug=deadlock/missing-unlock-on-error-path
note=real-bug/aget-sigint-log
corpus "$work/c" $bug $note

# verb CODE VERB ARGUMENT...
verb() {
    wanted=$1 name=$2
    shift 2
    expect "$wanted" "$LOCKSTEP" "$name" --cases "$work/c" --out "$work/out" "$@"
}

verb 0 gate --family static --json --require clang-thread-safety
jq -e '.timing.built == 0 and
    ([.results[].detector] | index("tsan-gcc") == null and
        index("clang-thread-safety") != null) and
    (.detectors[] | select(.id == "watchdog") | .family == "dynamic") and
    ([.results[] | select(.thanks_to == "annotation") | .case] |
        unique == ["'$note'"])' "$printed" >/dev/null ||
    fail "the JSON is not what it should be"
[ ! -d "$work/out/cache" ] || [ -z "$(ls "$work/out/cache")" ] ||
    fail "something was built"

verb 2 run --family quick
said "static, dynamic, exploring or all"
verb 2 run --family static --detector tsan-gcc
said "no detector of --detector is static"
expect 0 "$LOCKSTEP" commands --detector clang-thread-safety $bug
unsaid " -o "
said "^(env LC_ALL=C )?clang-19 -fsyntax-only .*missing-unlock"

# Without its annotations the source says nothing.
sed -i 's/ GUARDED_BY([a-z_]*)//' "$work/c/$note/buggy.c"
verb 1 gate --detector clang-thread-safety $note
said "recorded flagged, measured missed"

# A header that is not there.
sed -i '1i #include "nosuch.h"' "$work/c/$bug/buggy.c"
verb 3 gate --detector clang-thread-safety,clang-tidy,clang-analyzer $bug
for id in clang-thread-safety clang-tidy clang-analyzer; do
    said "$id broke on $bug:buggy: .*nosuch.h"
done

# Everything of /usr/bin but clang.
mkdir "$work/bin"
for tool in /usr/bin/*; do
    case ${tool##*/} in
    clang*) ;;
    *) ln -s "$tool" "$work/bin/" ;;
    esac
done
PATH=$work/bin
export PATH
verb 77 run --detector clang-thread-safety $note
said "cannot be used: clang-thread-safety: .*apt-get install clang-19"
verb 3 gate --family static --require clang-tidy $note
said "clang-tidy is required but not usable: .*apt-get install clang-tidy-19"
