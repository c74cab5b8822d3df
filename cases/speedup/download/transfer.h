/* One transfer by libcurl: what is asked for, what is refused, and whether it
 * is worth another try. Every variant makes its transfers by these functions,
 * so they differ only in who waits for what.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DOWNLOAD_TRANSFER_H
#define LOCKSTEP_DOWNLOAD_TRANSFER_H

#include "album.h"
#include "interrupt.h"
#include "kernel.h"
#include "options.h"

#include <stdint.h>

/* A session: one handle, used again and again, by one thread at a time. What
 * it keeps open between two transfers saves a handshake. */
struct session {
    CURL *handle;
    const struct options *options;
    struct page *page; /* the transfer under way */
    struct album_file file;
    long bytes;
    unsigned seed; /* of the jitter */
    char detail[CURL_ERROR_SIZE];
};

/* libcurl's callbacks. Any byte not taken ends the transfer. */
static inline size_t session_receive(char *data, size_t size, size_t n,
                                     void *arg)
{
    struct session *s = arg;
    if (s->file.fd >= 0 && !album_write(&s->file, data, size * n))
        return 0;
    s->bytes += (long)(size * n);
    return size * n;
}

static inline int session_progress(void *arg, curl_off_t a, curl_off_t b,
                                   curl_off_t c, curl_off_t d)
{
    (void)arg, (void)a, (void)b, (void)c, (void)d;
    return interrupted();
}

/* Only the web is fetched from, wherever a list or a redirect may point to,
 * and a server is believed to be who its certificate says it is. */
static inline void session_start(struct session *s, const struct options *o)
{
    CURL *h = curl_easy_init();
    CASE_CHECK(h ? 0 : ENOMEM);
    *s = (struct session){.handle = h, .options = o, .file.fd = -1};
    s->seed = (unsigned)getpid() ^ (unsigned)(uintptr_t)s;
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(h, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(h, CURLOPT_FAILONERROR, 1L); /* a 404 is no page */
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);    /* threads have none */
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, o->connect_timeout_ms);
    curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, o->timeout_ms);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, session_receive);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, s);
    curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, session_progress);
    curl_easy_setopt(h, CURLOPT_ERRORBUFFER, s->detail);
    curl_easy_setopt(h, CURLOPT_PRIVATE, s);
}

static inline void session_stop(struct session *s)
{
    curl_easy_cleanup(s->handle);
}

/* Prepares a transfer of the page; false: there is no file to write it to,
 * and session_end is due at once. */
static inline bool session_begin(struct session *s, struct page *page)
{
    s->page = page;
    s->bytes = 0;
    s->detail[0] = '\0';
    page->attempts++;
    curl_easy_setopt(s->handle, CURLOPT_URL, page->url);
    return !s->options->album ||
           album_open(&s->file, s->options->album_fd, page);
}

/* Whether another try may end better: the network's and the server's passing
 * troubles, not a wrong address nor a wrong certificate. */
static inline bool session_passing(CURLcode code, long status)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_PARTIAL_FILE:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return true;
    case CURLE_HTTP_RETURNED_ERROR:
        return status == 408 || status == 429 || status >= 500;
    default:
        return false;
    }
}

/* Milliseconds to wait before the next try: twice as long each time, up to ten
 * seconds, and between half of that and all of it by chance, lest all who
 * failed together come back together. A server may ask for more. */
static inline long session_back_off(struct session *s)
{
    curl_off_t asked = 0;
    long most = s->options->back_off_ms;
    for (int i = 1; i < s->page->attempts && most < 10000; i++)
        most *= 2;
    most = most < 10000 ? most : 10000;
    long wait = most - (long)(rand_r(&s->seed) % (unsigned)(most / 2 + 1));
    curl_easy_getinfo(s->handle, CURLINFO_RETRY_AFTER, &asked);
    asked = asked < 10 ? asked * 1000 : 10000;
    return asked > wait ? (long)asked : wait;
}

/* Takes the transfer's end into the page. 0 when it is done with, for good or
 * ill; else the milliseconds until it is to be tried again. */
static inline long session_end(struct session *s, CURLcode code)
{
    struct page *page = s->page;
    long status = 0;
    curl_easy_getinfo(s->handle, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK && status / 100 != 2) /* a redirect to nowhere */
        code = CURLE_HTTP_RETURNED_ERROR;
    int error = album_close(&s->file, page, code == CURLE_OK);
    if (error && code == CURLE_OK)
        code = CURLE_WRITE_ERROR;
    page->code = code;
    page->status = status;
    page->error = error;
    snprintf(page->detail, sizeof page->detail, "%s", s->detail);
    if (code == CURLE_OK) {
        page->bytes = s->bytes;
        page->state = PAGE_CAME;
        return 0;
    }
    if (!interrupted() && page->attempts <= s->options->retries &&
        session_passing(code, status))
        return session_back_off(s);
    page->state = interrupted() ? PAGE_WANTED : PAGE_FAILED;
    return 0;
}

/* One try, by one who has nothing else to do meanwhile. As session_end. */
static inline long session_try(struct session *s, struct page *page)
{
    return session_end(s, session_begin(s, page) ? curl_easy_perform(s->handle)
                                                 : CURLE_WRITE_ERROR);
}

static inline void session_rest(long ms)
{
    double end = kernel_clock() + (double)ms / 1000;
    while (kernel_clock() < end && !interrupted())
        usleep(ms < 20 ? (useconds_t)ms * 1000 : 20000);
}

/* All tries. */
static inline void session_fetch(struct session *s, struct page *page)
{
    for (long wait; (wait = session_try(s, page)) > 0;)
        session_rest(wait);
}

#endif
