/* A crawler gets each page that it finds in a thread of its own.
 * Usage: PROGRAM [PACE in milliseconds]
 * SPDX-License-Identifier: MIT */
#include "loopback.h"

#include <curl/curl.h>
#include <pthread.h>

enum { PAGES = 3 };

static int port;       /* of the server */
size_t arrived[PAGES]; /* bytes of each page */

static long length_of(long page)
{
    return 1000 + 100 * page;
}

static size_t receive(char *data, size_t size, size_t n, void *count)
{
    (void)data;
    *(size_t *)count += size * n; /* @site receive */
    return size * n;
}

static CURL *new_session(void)
{
    CURL *new = curl_easy_init();
    CASE_CHECK(new ? 0 : ENOMEM);
    curl_easy_setopt(new, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(new, CURLOPT_WRITEFUNCTION, receive);
    return new;
}

static void *download(void *page)
{
    char url[64];
    CURL *session = new_session();
    size_t *count = &arrived[(long)page];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/%ld", port,
             length_of((long)page));
    curl_easy_setopt(session, CURLOPT_WRITEDATA, count); /* @site set-count */
    curl_easy_setopt(session, CURLOPT_URL, url);         /* @site set-url */
    if (curl_easy_perform(session) != CURLE_OK) {        /* @site perform */
        *count = 0;                                      /* @site give-up */
    }
    curl_easy_cleanup(session);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[PAGES];
    int whole = 0;
    int pace = (int)case_arg(argc, argv, 1, 10, 1, 1000);
    struct loopback server = loopback_start(5 * pace);
    port = server.port;
    CASE_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) ? EIO : 0);
    for (long i = 0; i < PAGES; i++) {
        CASE_CHECK(pthread_create(&ids[i], NULL, download, (void *)i));
        usleep((useconds_t)pace * 1000); /* until the next link is found */
    }
    for (long i = 0; i < PAGES; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    curl_global_cleanup();
    loopback_stop(&server);
    for (long i = 0; i < PAGES; i++)
        whole += arrived[i] == (size_t)length_of(i);
    return case_end(whole == PAGES, "%d of %d pages came whole", whole, PAGES);
}
