# The variants of a kernel agree on every range, however odd, and refuse what is
# none.
. "$(dirname "$0")/lib.sh"

export LOCKSTEP_KERNEL_SECONDS=0
cases=$SOURCE/cases
sum=$cases/speedup/sum-of-squares
overhead=$cases/speedup/overhead

# build COMPILER SOURCE: into $work/<name>.
build() {
    openmp=
    grep -q '<omp.h>\|"team.h"' "$2" && openmp=-fopenmp
    "$1" -O2 -pthread $openmp -I "$cases" "$2" -o "$work/$(basename "$2" .c)" ||
        fail "$1 does not build $2"
}

# value_of ARGUMENTS: that every variant prints.
value_of() {
    value=
    for each in $variants; do
        expect 0 "$work/$each" "$@"
        said "^INVARIANT HELD"
        said "^repeats 1$"
        [ "$(wc -l <"$printed")" -eq 4 ] || fail "$each $*: not four lines"
        mine=$(sed -n 's/^value //p' "$printed")
        [ "${value:-$mine}" = "$mine" ] || fail "$each $*: $mine, not $value"
        value=$mine
    done
}

compilers=gcc
! command -v clang-19 >/dev/null || compilers="gcc clang-19"
for cc in $compilers; do
    variants=
    for source in "$sum"/*.c; do
        ! grep -q '<mpi.h>' "$source" || continue
        build $cc "$source"
        variants="$variants $(basename "$source" .c)"
    done
    value_of 0 0 1 1
    [ "$value" = 0 ] || fail "nothing sums up to $value"
    value_of 3 4 1 4
    [ "$value" = 9 ] || fail "3 squared is $value"
    value_of 0 1000 1 7
    [ "$value" = 332833500 ] || fail "to 1000 it is $value"
    value_of 0 5 4 3
    [ "$value" = 316 ] || fail "30 + 55 + 91 + 140 is $value"
    value_of 17 1000003 1 2
    value_of 0 40000000 1 2
    value_of 1000 300000 7 3
    value_of 4294966000 4294969000 1 2
    value_of 4398046511000 4398046511104 1 3
done

for each in $variants; do
    for wrong in "9 3" "0 -1" "0 4398046511105" "0 9 0" "0 9 1001" "0 9 1 0" \
        "0 9 1 1025" "0 x" "0 4398046511104 2"; do
        expect 2 "$work/$each" $wrong
        said "is no number from"
    done
done
LOCKSTEP_KERNEL_SECONDS=-1 expect 2 "$work/serial" 0 9
said "LOCKSTEP_KERNEL_SECONDS: '-1' is no number from 0 to 3600"

if command -v mpicc >/dev/null && command -v mpirun >/dev/null; then
    mpicc -O2 -I "$cases" "$sum/mpi.c" -o "$work/mpi" || fail "mpi.c"
    for ranks in 1 2; do
        expect 0 env OMPI_ALLOW_RUN_AS_ROOT=1 \
            OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 \
            mpirun -np $ranks "$work/mpi" 0 1000 1 $ranks
        said "^value 332833500$"
        [ "$(wc -l <"$printed")" -eq 4 ] || fail "mpi: not four lines"
    done
fi

for cc in $compilers; do
    for each in pool openmp; do
        build $cc "$overhead/$each.c"
        for threads in 1 2 3; do
            for construct in fork-join barrier critical reduction; do
                expect 0 "$work/$each" $construct 20 $threads
                said "^value 20$"
                said "^repeats 20$"
            done
            expect 0 "$work/$each" all 20 $threads
            said "^value 80$"
        done
        expect 2 "$work/$each" fork 20 1
        said "'fork' is no construct: fork-join, barrier, "
    done
done
