/* Five threads download a site; the copy goes live when all of it is there.
 * Usage: PROGRAM [PAGES [1 when the server is up]]
 * SPDX-License-Identifier: MIT */
#include "loopback.h"

#include <curl/curl.h>
#include <pthread.h>

enum { WORKERS = 5, MOST = 1000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long next, pages;
static int port; /* of the server */
static size_t arrived[MOST];

static size_t receive(char *data, size_t size, size_t n, void *count)
{
    (void)data;
    *(size_t *)count += size * n;
    return size * n;
}

static CURLcode download(CURL *session, long page)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/%ld", port, 1 + page);
    curl_easy_setopt(session, CURLOPT_URL, url);
    curl_easy_setopt(session, CURLOPT_WRITEDATA, &arrived[page]);
    return curl_easy_perform(session);
}

static long take_page(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    long page = next < pages ? next++ : -1;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return page;
}

static void *work(void *unused)
{
    CURL *session = curl_easy_init();
    CASE_CHECK(session ? 0 : ENOMEM);
    curl_easy_setopt(session, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(session, CURLOPT_WRITEFUNCTION, receive);
    for (long page = take_page(); page >= 0; page = take_page()) {
        download(session, page); /* @site result */
    }
    curl_easy_cleanup(session);
    return unused;
}

/* True when all pages are there. */
static bool download_all(void)
{
    pthread_t ids[WORKERS];
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, work, NULL));
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    return next == pages;
}

int main(int argc, char **argv)
{
    long whole = 0;
    pages = case_arg(argc, argv, 1, 160, 1, MOST);
    bool up = case_arg(argc, argv, 2, 0, 0, 1) == 1;
    struct loopback server = loopback_start(2);
    port = server.port;
    if (!up)
        loopback_stop(&server);
    CASE_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) ? EIO : 0);
    long began = loopback_clock();
    bool live = download_all();
    long took = (loopback_clock() - began) / 1000;
    curl_global_cleanup();
    if (up)
        loopback_stop(&server);
    for (long page = 0; page < pages; page++)
        whole += arrived[page] == (size_t)(1 + page);
    return case_end(live == (whole == pages),
                    "the %s copy is live; %ld of %ld pages came, in %ld ms",
                    live ? "new" : "old", whole, pages, took);
}
