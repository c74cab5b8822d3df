/* Sums the squares with new processes, each on a processor of its own, and the
 * caller; each piece by whoever comes first, since a process takes a while to
 * start; the sums are in memory that they share.
 * SPDX-License-Identifier: MIT */
#include "../processors.h"

#include "pieces.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* Pieces that take as long as a process needs to end. */
#define KEPT 6

struct team {
    _Alignas(64) atomic_ulong next; /* piece */
    struct shared s;
    cpu_set_t allowed;
    bool bound;
};

static struct team *map_team(void)
{
    void *at = mmap(NULL, sizeof(struct team), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CASE_CHECK(at == MAP_FAILED ? errno : 0);
    return at;
}

/* Those that the caller sends away do not wait for it to be idle. */
static void bind_child(const struct team *t, int k, pid_t child)
{
    if (!t->bound)
        return;
    cpu_set_t one = processors_after(&t->allowed, k);
    (void)sched_setaffinity(child, sizeof one, &one);
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
            t->s.part[k].sum =
                work_take(&t->s.w, &t->next, work_offered(&t->s.w, KEPT));
            _exit(0);
        }
        bind_child(t, k, child[k]);
    }
    t->s.part[0].sum = work_finish(&t->s.w, &t->next, KEPT);
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
    t->bound = processors_allowed(&t->allowed) >= t->s.w.threads;
    return work_run(&t->s.w, NULL, run, NULL, t);
}
