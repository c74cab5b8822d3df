/* Downloads the pages by a pool of processes. The list, with what came of each
 * page, lies in memory that they share, as does the number of the next one.
 * SPDX-License-Identifier: MIT */
#include "download.h"

/* An atomic number is shared by processes as well as by threads. */
static atomic_long *next;

struct worker {
    pid_t pid;
    int line; /* to it: a byte says that it is ready, start, or that it is done;
                 and its end is the end of the line */
};

/* The worker's whole life. */
static void work(struct downloads *d, int line, pid_t parent)
{
    struct session session;
    char byte = 0;
    long i;
    CASE_CHECK(prctl(PR_SET_PDEATHSIG, SIGTERM)); /* not to be left behind */
    if (getppid() != parent)
        _exit(2);
    session_start(&session, &d->options);
    bool go = write(line, &byte, 1) == 1 && read(line, &byte, 1) == 1;
    while (go && !interrupted() && (i = atomic_fetch_add(next, 1)) < d->list.n)
        session_fetch(&session, &d->list.pages[i]);
    session_stop(&session);
    go &= write(line, &byte, 1) == 1;
    _exit(go || interrupted() ? 0 : 2);
}

/* False when there can be no more. */
static bool hire(struct downloads *d, struct worker *w, pid_t parent)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return false;
    w->line = ends[0];
    if ((w->pid = fork()) == 0)
        work(d, ends[1], parent);
    close(ends[1]);
    return w->pid > 0;
}

/* Waits for a byte of each, or its end. */
static void hear(const struct worker *all, long n)
{
    char byte;
    for (long i = 0; i < n; i++)
        while (read(all[i].line, &byte, 1) < 0 && errno == EINTR)
            ;
}

static void run(struct downloads *d, const struct worker *all)
{
    hear(all, d->workers);
    downloads_go(d);
    for (long i = 0; i < d->workers; i++)
        if (write(all[i].line, "", 1) != 1)
            fprintf(stderr, "worker %d is gone\n", all[i].pid);
    hear(all, d->workers);
    downloads_done(d);
}

/* One that crashed, or was killed, leaves pages that are wanted still, and
 * perhaps a part of one. */
static void dismiss(const struct downloads *d, const struct worker *w)
{
    char part[48];
    int status;
    while (waitpid(w->pid, &status, 0) < 0)
        CASE_CHECK(errno == EINTR ? 0 : errno);
    close(w->line);
    if (status == 0)
        return;
    fprintf(stderr, "worker %d ended with status %#x\n", w->pid, status);
    for (long i = 0; i < d->list.n && d->options.album; i++) {
        album_temporary(part, w->pid, i);
        unlinkat(d->options.album_fd, part, 0);
    }
}

int main(int argc, char **argv)
{
    struct downloads d;
    pid_t self = getpid();
    long n = 0;
    downloads_start(&d, argc, argv, POOL);
    struct worker *all = calloc((size_t)d.workers, sizeof *all);
    CASE_CHECK(all ? 0 : ENOMEM);
    next = mmap(NULL, sizeof *next, PROT_READ | PROT_WRITE,
                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CASE_CHECK(next == MAP_FAILED ? -1 : 0);
    while (n < d.workers && hire(&d, &all[n], self))
        n++;
    downloads_made(&d, n);
    run(&d, all);
    for (long i = 0; i < n; i++)
        dismiss(&d, &all[i]);
    free(all);
    return downloads_end(&d);
}
