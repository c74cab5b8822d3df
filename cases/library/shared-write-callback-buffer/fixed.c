/* A reader gets all chapters of a book at once, each in a thread of its own.
 * Usage: PROGRAM [LENGTH of a chapter in bytes]
 * SPDX-License-Identifier: MIT */
#include "loopback.h"

#include <curl/curl.h>
#include <pthread.h>

enum { CHAPTERS = 4, LONGEST = 1 << 18, SPEED = 2000000 };

struct text {
    size_t length;
    char bytes[CHAPTERS * LONGEST];
};

static int port; /* of the server */
static long first;
struct text texts[CHAPTERS];

static size_t append(char *data, size_t size, size_t n, void *to)
{
    struct text *text = to;
    size_t end = text->length;                 /* @site read-length */
    memcpy(text->bytes + end, data, size * n); /* @site copy */
    text->length = end + size * n;             /* @site set-length */
    return size * n;
}

static void *download(void *chapter)
{
    char url[64];
    CURL *session = curl_easy_init();
    CASE_CHECK(session ? 0 : ENOMEM);
    snprintf(url, sizeof url, "http://127.0.0.1:%d/%ld", port,
             first + (long)chapter);
    curl_easy_setopt(session, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(session, CURLOPT_URL, url);
    curl_easy_setopt(session, CURLOPT_BUFFERSIZE, 1024L);
    curl_easy_setopt(session, CURLOPT_MAX_RECV_SPEED_LARGE, (curl_off_t)SPEED);
    curl_easy_setopt(session, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(session, CURLOPT_WRITEDATA, &texts[(long)chapter]);
    CASE_CHECK(curl_easy_perform(session) ? EIO : 0);
    curl_easy_cleanup(session);
    return NULL;
}

/* Whether the text has so many bytes of that chapter, all in one place. */
static bool has(const struct text *text, long length)
{
    const char *at = memchr(text->bytes, loopback_byte(length), text->length);
    long same = 0;
    while (at && at < text->bytes + text->length &&
           *at++ == loopback_byte(length))
        same++;
    return same == length;
}

int main(int argc, char **argv)
{
    pthread_t ids[CHAPTERS];
    int whole = 0;
    first = case_arg(argc, argv, 1, 150000, 1, LONGEST - CHAPTERS);
    struct loopback server = loopback_start(5);
    port = server.port;
    CASE_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) ? EIO : 0);
    for (long i = 0; i < CHAPTERS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, download, (void *)i));
    for (long i = 0; i < CHAPTERS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    for (long i = 0; i < CHAPTERS; i++)
        whole += has(&texts[i], first + i);
    curl_global_cleanup();
    loopback_stop(&server);
    return case_end(whole == CHAPTERS, "%d of %d are whole", whole, CHAPTERS);
}
