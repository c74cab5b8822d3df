/* Sums the squares with new processes and the caller, each piece by whoever
 * comes first, since a process takes a while to start; the sums are in memory
 * that they share.
 * SPDX-License-Identifier: MIT */
#include "pieces.h"

#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct team {
    _Alignas(64) atomic_ulong next; /* piece */
    struct shared s;
};

static struct team *map_team(void)
{
    void *at = mmap(NULL, sizeof(struct team), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CASE_CHECK(at == MAP_FAILED ? errno : 0);
    return at;
}

static void add_pieces(struct team *t, int process)
{
    unsigned long n = work_pieces(&t->s.w), k;
    u128 sum = 0;
    while ((k = atomic_fetch_add(&t->next, 1)) < n)
        sum += work_piece(&t->s.w, k, n);
    t->s.part[process].sum = sum;
}

static u128 run(void *arg)
{
    struct team *t = arg;
    pid_t child[MAX_THREADS];
    atomic_store(&t->next, 0);
    for (int k = 1; k < t->s.w.threads; k++) {
        child[k] = fork();
        CASE_CHECK(child[k] < 0 ? errno : 0);
        if (child[k] == 0) {
            add_pieces(t, k);
            _exit(0);
        }
    }
    add_pieces(t, 0);
    for (int k = 1; k < t->s.w.threads; k++) {
        int status;
        CASE_CHECK(waitpid(child[k], &status, 0) == child[k] ? 0 : errno);
        CASE_CHECK(status == 0 ? 0 : ECHILD);
    }
    return shared_sum(&t->s);
}

int main(int argc, char **argv)
{
    struct team *t = map_team();
    t->s.w = work_arguments(argc, argv);
    return work_run(&t->s.w, NULL, run, NULL, t);
}
