/* Downloaders share a list of pages; the bytes that arrive are added up.
 * Usage: PROGRAM [DOWNLOADERS [PAGES]]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { PIECE = 64, MOST = 64 };

struct downloader {
    pthread_t thread;
    long first; /* page; then every downloaders-th */
};

long total; /* bytes of all pages */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long downloaders, pages;

static long page_length(long page)
{
    return 200000 + page * 7919 % 100000;
}

/* Called with each piece of a page as it arrives. */
static void on_piece(long *bytes, const char *piece, long length)
{
    (void)piece;
    *bytes += length;
}

static void download(long page)
{
    char piece[PIECE];
    long bytes = 0;
    usleep(100); /* until the server answers */
    for (long left = page_length(page); left > 0; left -= PIECE) {
        memset(piece, (int)(left % 256), sizeof piece);
        on_piece(&bytes, piece, left < PIECE ? left : PIECE);
    }
    CASE_CHECK(pthread_mutex_lock(&lock));
    total += bytes; /* @site add */
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static void *download_all(void *arg)
{
    struct downloader *d = arg;
    for (long page = d->first; page < pages; page += downloaders)
        download(page);
    return NULL;
}

int main(int argc, char **argv)
{
    struct downloader all[MOST];
    long expected = 0;
    downloaders = case_arg(argc, argv, 1, 5, 1, MOST);
    pages = case_arg(argc, argv, 2, 160, 1, 100000);
    for (long i = 0; i < downloaders; i++) {
        all[i].first = i;
        CASE_CHECK(pthread_create(&all[i].thread, NULL, download_all, &all[i]));
    }
    for (long i = 0; i < downloaders; i++)
        CASE_CHECK(pthread_join(all[i].thread, NULL));
    for (long page = 0; page < pages; page++)
        expected += page_length(page);
    return case_end(total == expected, "%ld bytes counted of %ld", total,
                    expected);
}
