/* The work of this kernel: a list of pages, downloaded. Every variant reads the
 * same options, makes the same transfers and gives the same account; they
 * differ in how many waits they have at a time, and in who waits.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DOWNLOAD_H
#define LOCKSTEP_DOWNLOAD_H

#include "loopback.h"
#include "transfer.h"

#include <sys/resource.h>

enum { POOL = 5, ALL_AT_ONCE = 0 };

/* The tutorials' workload: two pages in turn. */
enum { PAGES = 160, LONG_PAGE = 10394, SHORT_PAGE = 277, DELAY_MS = 2 };

struct downloads {
    struct options options;
    struct list list;
    struct loopback server; /* pid 0: somebody else's */
    long total;             /* bytes that must come; -1: not known */
    long workers;           /* at least 1, at most one for each page */
    double start, end;      /* of what is timed */
};

static inline void downloads_list(struct downloads *d)
{
    static const long lengths[] = {LONG_PAGE, SHORT_PAGE};
    d->total = -1;
    if (d->options.urls) {
        d->list = list_read(d->options.urls);
        return;
    }
    d->server = loopback_start(DELAY_MS);
    d->list = list_in_turn(d->server.port, PAGES, lengths, 2);
    d->total = PAGES / 2 * (LONG_PAGE + SHORT_PAGE);
}

static inline void downloads_album(struct downloads *d)
{
    d->options.album_fd =
        open(d->options.album, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (d->options.album_fd < 0) {
        fprintf(stderr, "--album: %s: %s\n", d->options.album, strerror(errno));
        exit(2);
    }
}

/* As many workers as there is work for, and as there are descriptors for: a
 * socket, a file, and what libcurl wakes a handle with. */
static inline void downloads_workers(struct downloads *d)
{
    enum { OTHERS = 32, EACH = 5 };
    struct rlimit l;
    long most = d->list.n, wanted = d->options.workers;
    CASE_CHECK(getrlimit(RLIMIT_NOFILE, &l));
    l.rlim_cur = l.rlim_max;
    CASE_CHECK(setrlimit(RLIMIT_NOFILE, &l));
    d->workers = wanted == ALL_AT_ONCE || wanted > most ? most : wanted;
    if (d->server.pid && d->workers > LOOPBACK_PEERS)
        d->workers = LOOPBACK_PEERS; /* it talks to no more */
    if (l.rlim_cur != RLIM_INFINITY &&
        (rlim_t)d->workers * EACH + OTHERS > l.rlim_cur) {
        d->workers = ((long)l.rlim_cur - OTHERS) / EACH;
        d->workers = d->workers > 1 ? d->workers : 1;
        fprintf(stderr, "no descriptors for more than %ld at a time\n",
                d->workers);
    }
}

/* Reads the options, and gets all ready but the workers. */
static inline void downloads_start(struct downloads *d, int argc, char **argv,
                                   long workers)
{
    *d = (struct downloads){.options = options_read(argc, argv, workers)};
    if (d->options.album)
        downloads_album(d);
    downloads_list(d);
    if (d->options.album)
        list_name(&d->list);
    downloads_workers(d);
    interrupt_catch();
    CASE_CHECK(setenv("no_proxy", "127.0.0.1,localhost", 0));
    CASE_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) ? EIO : 0);
}

/* What is between the two calls is timed: workers and sessions that are there
 * get the pages. */
static inline void downloads_go(struct downloads *d)
{
    d->start = kernel_clock();
}

static inline void downloads_done(struct downloads *d)
{
    d->end = kernel_clock();
}

/* Takes note of how many workers could be made. */
static inline void downloads_made(struct downloads *d, long n)
{
    CASE_CHECK(n > 0 ? 0 : EAGAIN);
    if (n < d->workers)
        fprintf(stderr, "no more than %ld workers can be made\n", n);
    d->workers = n;
}

/* What went wrong with a page, in the words that group it with its like. */
static inline const char *page_problem(const struct page *p, char text[80])
{
    if (p->state == PAGE_WANTED)
        return interrupted() ? "interrupted" : "its worker ended before it";
    if (p->error)
        return strerror(p->error);
    if (p->code != CURLE_HTTP_RETURNED_ERROR)
        return curl_easy_strerror(p->code);
    snprintf(text, 80, "HTTP status %ld", p->status);
    return text;
}

static inline bool page_alike(const struct page *a, const struct page *b)
{
    char one[80], other[80];
    return a->state != PAGE_CAME && b->state != PAGE_CAME &&
           strcmp(page_problem(a, one), page_problem(b, other)) == 0;
}

/* Text of others, for a terminal. */
static inline void print_plain(const char *text)
{
    for (; *text; text++)
        fputc((unsigned char)*text < ' ' || *text == 0x7f ? '?' : *text,
              stderr);
}

/* A line for each kind of failure: how many, of what, and one of them. */
static inline void downloads_failures(const struct list *l)
{
    char text[80];
    for (const struct page *p = l->pages; p < l->pages + l->n; p++) {
        const struct page *first = l->pages;
        long n = 0;
        if (p->state == PAGE_CAME)
            continue;
        while (!page_alike(first, p))
            first++;
        if (first < p)
            continue; /* told */
        for (const struct page *q = p; q < l->pages + l->n; q++)
            n += page_alike(p, q);
        fprintf(stderr, "failed %ld: %s: ", n, page_problem(p, text));
        print_plain(p->url);
        fprintf(stderr, ", attempts: %d%s", p->attempts,
                *p->detail ? ": " : "");
        print_plain(p->detail);
        fputc('\n', stderr);
    }
}

static inline int downloads_report(const struct downloads *d)
{
    long came = 0, bytes = 0;
    for (long i = 0; i < d->list.n; i++) {
        came += d->list.pages[i].state == PAGE_CAME;
        bytes += d->list.pages[i].bytes;
    }
    downloads_failures(&d->list);
    printf("value %ld\nseconds %.9f\n", bytes, d->end - d->start);
    return case_end(came == d->list.n && (d->total < 0 || bytes == d->total),
                    "%ld of %ld pages came, %ld bytes", came, d->list.n, bytes);
}

/* The account, and the exit status: 1 if any page is missing. */
static inline int downloads_end(struct downloads *d)
{
    int status = 1;
    curl_global_cleanup();
    if (d->server.pid)
        loopback_stop(&d->server);
    if (interrupted())
        downloads_failures(&d->list);
    else
        status = downloads_report(d);
    list_free(&d->list);
    if (d->options.album)
        close(d->options.album_fd);
    if (interrupted())
        interrupt_die();
    return status;
}

#endif
