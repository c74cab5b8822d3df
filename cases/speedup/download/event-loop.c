/* Downloads the pages in one thread that never waits for one of them: it waits
 * for whichever socket, or time, comes next, and lets libcurl go on there.
 * SPDX-License-Identifier: MIT */
#include "download.h"

#include <math.h>
#include <sys/epoll.h>

struct loop {
    struct downloads *downloads;
    CURLM *multi;
    int epoll;
    double due;               /* when libcurl wants to be called; or never */
    struct slot *slots;       /* one for each download at a time */
    long next, busy, resting; /* pages begun, slots with one, and those of them
                                 that wait for another try */
};

struct slot {
    struct session session;
    double retry; /* when; 0: a transfer is under way, or there is no page */
};

/* CURLMOPT_SOCKETFUNCTION: what is to be awaited of a socket has changed. That
 * we know it is noted with the socket, as our own address. */
static int on_socket(CURL *handle, curl_socket_t fd, int what, void *arg,
                     void *known)
{
    struct loop *loop = arg;
    struct epoll_event e = {.data.fd = fd};
    (void)handle;
    e.events = (what & CURL_POLL_IN ? (unsigned)EPOLLIN : 0) |
               (what & CURL_POLL_OUT ? (unsigned)EPOLLOUT : 0);
    if (what == CURL_POLL_REMOVE) { /* it may be closed already */
        epoll_ctl(loop->epoll, EPOLL_CTL_DEL, fd, NULL);
    } else if (known) {
        CASE_CHECK(epoll_ctl(loop->epoll, EPOLL_CTL_MOD, fd, &e));
    } else {
        CASE_CHECK(epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &e));
        curl_multi_assign(loop->multi, fd, loop);
    }
    return 0;
}

/* CURLMOPT_TIMERFUNCTION */
static int on_timer(CURLM *multi, long ms, void *arg)
{
    struct loop *loop = arg;
    (void)multi;
    loop->due = ms < 0 ? INFINITY : kernel_clock() + (double)ms / 1000;
    return 0;
}

/* The next page, or NULL when there is none. */
static struct page *next_page(struct loop *loop)
{
    struct list *list = &loop->downloads->list;
    return loop->next < list->n && !interrupted() ? &list->pages[loop->next++]
                                                  : NULL;
}

/* Gives the slot's session that page to transfer, or the first one after it for
 * which there can be a file. */
static void begin(struct loop *loop, struct slot *slot, struct page *page)
{
    slot->retry = 0;
    for (; page; page = next_page(loop)) {
        if (session_begin(&slot->session, page)) {
            CASE_CHECK(curl_multi_add_handle(loop->multi, slot->session.handle)
                           ? EIO
                           : 0);
            return;
        }
        session_end(&slot->session, CURLE_WRITE_ERROR);
    }
    loop->busy--;
}

/* The slot's transfer has ended: another try later, or the next page. */
static void end(struct loop *loop, struct slot *slot, CURLcode code)
{
    long wait = session_end(&slot->session, code);
    if (wait > 0) {
        slot->retry = kernel_clock() + (double)wait / 1000;
        loop->resting++;
    } else {
        begin(loop, slot, next_page(loop));
    }
}

/* Whatever has ended since the last time. */
static void collect(struct loop *loop)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(loop->multi, &left))) {
        CURL *handle = message->easy_handle;
        CURLcode code = message->data.result;
        char *session;
        CASE_CHECK(curl_multi_remove_handle(loop->multi, handle) ? EIO : 0);
        curl_easy_getinfo(handle, CURLINFO_PRIVATE, &session);
        end(loop, (struct slot *)(void *)session, code);
    }
}

/* Tries again what is due; returns when the next one will be. */
static double retry(struct loop *loop, double now)
{
    double next = INFINITY;
    struct slot *slot = loop->slots;
    for (; loop->resting > 0 && slot < loop->slots + loop->downloads->workers;
         slot++)
        if (slot->retry > 0 && slot->retry <= now) {
            loop->resting--;
            begin(loop, slot, slot->session.page);
        } else if (slot->retry > 0 && slot->retry < next) {
            next = slot->retry;
        }
    return next;
}

/* Milliseconds until a time comes. */
static int delay(struct loop *loop)
{
    double now = kernel_clock(), next = retry(loop, now);
    next = fmin(next, loop->due); /* which retry may have changed */
    return next > now ? (int)fmin(ceil((next - now) * 1000), 1e6) : 0;
}

static int ready(unsigned events)
{
    return (events & EPOLLIN ? CURL_CSELECT_IN : 0) |
           (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
           (events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
}

/* One turn: waits for a socket, a time or a signal, and lets libcurl go on. */
static void turn(struct loop *loop)
{
    struct epoll_event events[64];
    int running,
        n = epoll_pwait(loop->epoll, events, 64, delay(loop), interrupt_none());
    CASE_CHECK(n < 0 && errno != EINTR ? errno : 0);
    for (int i = 0; i < n; i++)
        curl_multi_socket_action(loop->multi, events[i].data.fd,
                                 ready(events[i].events), &running);
    if (loop->due <= kernel_clock()) {
        loop->due = INFINITY;
        curl_multi_socket_action(loop->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
    collect(loop);
}

static void loop_start(struct loop *loop, struct downloads *d)
{
    *loop = (struct loop){.downloads = d, .due = INFINITY};
    loop->multi = curl_multi_init();
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->slots = calloc((size_t)d->workers, sizeof *loop->slots);
    CASE_CHECK(loop->multi && loop->slots ? 0 : ENOMEM);
    CASE_CHECK(loop->epoll < 0 ? -1 : 0);
    curl_multi_setopt(loop->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(loop->multi, CURLMOPT_SOCKETDATA, loop);
    curl_multi_setopt(loop->multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(loop->multi, CURLMOPT_TIMERDATA, loop);
    curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, d->workers);
    for (long i = 0; i < d->workers; i++)
        session_start(&loop->slots[i].session, &d->options);
}

static void loop_run(struct loop *loop)
{
    loop->busy = loop->downloads->workers;
    for (long i = 0; i < loop->downloads->workers; i++)
        begin(loop, &loop->slots[i], next_page(loop));
    while (loop->busy > 0 && !interrupted())
        turn(loop);
}

/* What is under way is given up. */
static void loop_stop(struct loop *loop)
{
    struct slot *slot = loop->slots;
    for (; slot < loop->slots + loop->downloads->workers; slot++) {
        curl_multi_remove_handle(loop->multi, slot->session.handle);
        if (slot->session.page && slot->session.page->state == PAGE_WANTED)
            session_end(&slot->session, CURLE_ABORTED_BY_CALLBACK);
        session_stop(&slot->session);
    }
    curl_multi_cleanup(loop->multi);
    close(loop->epoll);
    free(loop->slots);
}

int main(int argc, char **argv)
{
    struct downloads d;
    struct loop loop;
    downloads_start(&d, argc, argv, ALL_AT_ONCE);
    interrupt_hold(true);
    loop_start(&loop, &d);
    downloads_go(&d);
    loop_run(&loop);
    downloads_done(&d);
    loop_stop(&loop);
    return downloads_end(&d);
}
