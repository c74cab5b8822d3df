# The job array of Slurm, its tasks run one after the other, as Slurm would: each
# runs its shard, one that is run again does no harm, the last joins them.
. "$(dirname "$0")/lib.sh"

corpus "$work/c" data-race/unlocked-counter deadlock/double-acquire
export LOCKSTEP LOCKSTEP_OUT="$work/out"
# task I FIRST LAST COUNT: task I of an array from FIRST to LAST.
task() {
    i=$1 first=$2 last=$3 count=$4
    shift 4
    env SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID="$i" \
        SLURM_ARRAY_TASK_MIN="$first" SLURM_ARRAY_TASK_MAX="$last" \
        SLURM_ARRAY_TASK_COUNT="$count" SLURM_CPUS_PER_TASK=2 \
        "$SOURCE/ci/slurm/lockstep.sbatch" "$@" --cases "$work/c" \
        --detector tsan-gcc,watchdog
}

expect 0 task 4 4 6 3 gate
expect 0 task 6 4 6 3 gate
[ ! -e "$work/out/status" ] || fail "joined before all had ended"
expect 0 task 4 4 6 3 gate
expect 0 task 5 4 6 3 gate
said "^gate: passed"
[ "$(cat "$work/out/status")" -eq 0 ] || fail "the status of the whole"
jq -e '.gate.passed and (.results | length == 12)' "$work/out/report.json" \
    >/dev/null || fail "the report of the whole"
expect 0 "$LOCKSTEP" history --db "$work/out/whole.db"
said " passed .* merge of 3: gate "

expect 2 task 1 1 7 3 gate # --array=1-7:3
said "must have no gaps"

# A verdict is the whole's to tell.
cp "$work/c/data-race/unlocked-counter/buggy.c" \
    "$work/c/data-race/unlocked-counter/fixed.c"
LOCKSTEP_OUT="$work/red"
expect 0 task 1 1 2 2 gate
expect 1 task 2 1 2 2 gate
[ "$(cat "$work/red/status")" -eq 1 ] || fail "the status of what failed"
