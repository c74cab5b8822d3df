/* Sums the squares with the ranks of MPI, which may be on many computers, one
 * slice in each; rank 0 asks the others for each repetition.
 * SPDX-License-Identifier: MIT */
#include "pieces.h"

#include <mpi.h>

struct ranks {
    struct work w;
    int rank, size;
};

/* The sum over all ranks, in rank 0. MPI has no integers of 128 bits. */
static u128 add_together(struct ranks *r)
{
    u128 all[MAX_THREADS] = {0}, sum = 0;
    u128 mine =
        work_piece(&r->w, (unsigned long)r->rank, (unsigned long)r->size);
    MPI_Gather(&mine, sizeof mine, MPI_BYTE, all, sizeof mine, MPI_BYTE, 0,
               MPI_COMM_WORLD);
    for (int k = 0; k < r->size; k++)
        sum += all[k];
    return sum;
}

/* Rank 0 says whether there is a repetition more. */
static int told(int more)
{
    MPI_Bcast(&more, 1, MPI_INT, 0, MPI_COMM_WORLD);
    return more;
}

/* All but rank 0 stay here until the end. */
static void serve(struct ranks *r)
{
    while (told(0))
        (void)add_together(r);
    MPI_Finalize();
    exit(0);
}

static u128 run(void *arg)
{
    told(1);
    return add_together(arg);
}

static void stop(void *arg)
{
    (void)arg;
    told(0);
    MPI_Finalize();
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv); /* a failure ends the program */
    struct ranks r = {.w = work_arguments(argc, argv)};
    MPI_Comm_rank(MPI_COMM_WORLD, &r.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &r.size);
    CASE_CHECK(argc > 4 && r.size != r.w.threads ? EINVAL : 0);
    if (r.rank > 0)
        serve(&r);
    return work_run(&r.w, NULL, run, stop, &r);
}
