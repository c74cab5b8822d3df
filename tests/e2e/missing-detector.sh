# A detector that is not installed is skipped with the mend named; --require
# makes it 3; all skipped is 77.
. "$(dirname "$0")/lib.sh"

corpus "$work/c" data-race/unlocked-counter
mkdir "$work/bin"
# Everything of /usr/bin but valgrind.
for tool in /usr/bin/*; do
    case ${tool##*/} in
    valgrind*) ;;
    *) ln -s "$tool" "$work/bin/" ;;
    esac
done
PATH=$work/bin
export PATH

run="$LOCKSTEP"
expect 77 "$run" run --cases "$work/c" --out "$work/out" --detector helgrind
said "cannot be used: helgrind: .*apt-get install valgrind"
expect 3 "$run" gate --cases "$work/c" --out "$work/out" \
    --detector tsan-gcc --require helgrind
said "helgrind is required but not usable"
said "apt-get install valgrind"
expect 0 "$run" gate --cases "$work/c" --out "$work/out" \
    --detector tsan-gcc,helgrind
said "cannot be used: helgrind"
expect 0 "$run" doctor --out "$work/out" --detector tsan-gcc
said "^alive +tsan-gcc"
expect 3 "$run" doctor --out "$work/out" --detector helgrind
said "^missing +helgrind"
said "mend: +apt-get install valgrind"
