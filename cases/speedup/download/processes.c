/* Downloads the pages by a pool of processes. The list, with what came of each
 * page, lies in memory that they share, as does the number of the next one.
 * SPDX-License-Identifier: MIT */
#include "download.h"

/* An atomic number is shared as well by processes as by threads. */
static atomic_long *next;

static void work(struct downloads *d, pid_t parent)
{
    struct session session;
    long i;
    CASE_CHECK(prctl(PR_SET_PDEATHSIG, SIGTERM)); /* not to be left behind */
    if (getppid() != parent)
        _exit(2);
    session_start(&session, &d->options);
    while (!interrupted() && (i = atomic_fetch_add(next, 1)) < d->list.n)
        session_fetch(&session, &d->list.pages[i]);
    session_stop(&session);
    _exit(0);
}

/* One that crashed, or was killed, leaves pages that are wanted still, and
 * perhaps a part of one. */
static void reap(const struct downloads *d, pid_t worker)
{
    char part[48];
    int status;
    while (waitpid(worker, &status, 0) < 0)
        CASE_CHECK(errno == EINTR ? 0 : errno);
    if (status == 0)
        return;
    fprintf(stderr, "worker %d ended with status %#x\n", worker, status);
    for (long i = 0; i < d->list.n && d->options.album; i++) {
        album_temporary(part, worker, i);
        unlinkat(d->options.album_fd, part, 0);
    }
}

int main(int argc, char **argv)
{
    struct downloads d;
    downloads_start(&d, argc, argv, POOL);
    pid_t *workers = calloc((size_t)d.workers, sizeof *workers);
    CASE_CHECK(workers ? 0 : ENOMEM);
    next = mmap(NULL, sizeof *next, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CASE_CHECK(next == MAP_FAILED ? -1 : 0);
    pid_t self = getpid();
    long n = 0;
    while (n < d.workers && (workers[n] = fork()) > 0)
        n++;
    if (n < d.workers && workers[n] == 0)
        work(&d, self);
    downloads_made(&d, n);
    for (long i = 0; i < d.workers; i++)
        reap(&d, workers[i]);
    free(workers);
    return downloads_end(&d);
}
