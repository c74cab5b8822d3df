/* The server's web site: HTTP/1.1 by libmicrohttpd, on one thread.
 * SPDX-License-Identifier: MIT */
#include "bench/server/site.h"

#include "base/str.h"
#include "os/clock.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum {
    CONNECTIONS = 20000,
    BACKLOG = 4096,
    MEMORY = 4096, /* of a connection, for the request and the head */
};

static const double stall_look = 0.25; /* seconds between looks at a client */

/* One request and its answer; owned by the connection. */
struct visit {
    struct site *site;
    struct MHD_Connection *connection;
    struct page page;
    char *location;
    double begun; /* when the body began; 0: not yet */
    bool waited;  /* the latency is behind us, or being slept */
    bool stalled;
    bool over; /* the client has gone, or we go */
};

static void sleep_until(struct visit *v, double due)
{
    MHD_suspend_connection(v->connection);
    timers_add(&v->site->timers, due, v);
}

static int socket_of(const struct visit *v)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        v->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/* On Linux, to connect a TCP socket to nowhere resets its connection. */
static bool reset(const struct visit *v)
{
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    int fd = socket_of(v);
    return fd >= 0 && connect(fd, &nowhere, sizeof nowhere) == 0;
}

static bool client_left(const struct visit *v)
{
    char byte;
    int fd = socket_of(v);
    return fd < 0 || recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* How many bytes of the body may be out by now. */
static uint64_t allowance(const struct visit *v, double now)
{
    double rate = v->page.trouble == TROUBLE_DRIP ? 1000.0 / PAGE_DRIP_MS
                                                  : v->site->bandwidth;
    double bytes = rate > 0 ? (now - v->begun) * rate : (double)PAGE_LARGEST;
    return bytes < (double)PAGE_LARGEST ? (uint64_t)bytes : PAGE_LARGEST;
}

/* When the byte at `at` may go, and, lest each byte be a packet, those of the
 * next hundredth of a second with it. */
static double due_of(const struct visit *v, uint64_t at)
{
    if (v->page.trouble == TROUBLE_DRIP)
        return v->begun + (double)(at + 1) * PAGE_DRIP_MS / 1000;
    return v->begun + (double)(at + 1) / v->site->bandwidth + 0.01;
}

/* MHD_ContentReaderCallback: the next bytes of the body, or none and sleep. */
static ssize_t read_body(void *arg, uint64_t at, char *out, size_t max)
{
    struct visit *v = arg;
    if (v->over)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    double now = clock_now();
    uint64_t end = v->page.size, allowed;
    if (v->begun == 0)
        v->begun = now;
    if (v->page.trouble == TROUBLE_TRUNCATED)
        end /= 2;
    if (at >= end)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    allowed = allowance(v, now);
    if (allowed <= at) {
        sleep_until(v, due_of(v, at));
        return 0;
    }
    uint64_t n = (allowed < end ? allowed : end) - at;
    n = n < max ? n : max;
    page_fill(v->page.size, at, out, n);
    return (ssize_t)n;
}

static struct MHD_Response *response_of(struct visit *v)
{
    static char nothing[] = "";
    if (v->page.status != MHD_HTTP_OK || v->page.size == 0)
        return MHD_create_response_from_buffer(0, nothing,
                                               MHD_RESPMEM_PERSISTENT);
    /* The alphabet in turn: the body of N bytes is a piece of it. */
    if (v->page.trouble == TROUBLE_NONE && v->site->bandwidth == 0 &&
        v->page.size <= SITE_PATTERN)
        return MHD_create_response_from_buffer(
            (size_t)v->page.size, v->site->pattern + v->page.size % 26,
            MHD_RESPMEM_PERSISTENT);
    size_t block = v->page.size < SITE_PATTERN ? (size_t)v->page.size
                                               : (size_t)SITE_PATTERN;
    return MHD_create_response_from_callback(v->page.size, block, read_body, v,
                                             NULL);
}

static enum MHD_Result answer(struct visit *v)
{
    if (v->page.trouble == TROUBLE_RESET && !reset(v))
        fputs("lockstep-server: a connection could not be reset\n", stderr);
    if (v->over || v->page.trouble == TROUBLE_RESET)
        return MHD_NO;
    if (v->page.trouble == TROUBLE_STALL) {
        v->stalled = true;
        sleep_until(v, clock_now() + stall_look);
        return MHD_YES;
    }
    struct MHD_Response *r = response_of(v);
    if (!r)
        return MHD_NO;
    if (v->location)
        MHD_add_response_header(r, MHD_HTTP_HEADER_LOCATION, v->location);
    enum MHD_Result queued =
        MHD_queue_response(v->connection, v->page.status, r);
    MHD_destroy_response(r);
    return queued;
}

static struct visit *visit_new(struct site *s, struct MHD_Connection *c,
                               const char *path)
{
    struct visit *v = mem_new(1, sizeof *v);
    v->site = s;
    v->connection = c;
    v->page = page_of(path);
    v->location = str_dup(v->page.location);
    enum trouble t = faults_draw(&s->faults);
    if (v->page.trouble == TROUBLE_NONE && v->page.status == MHD_HTTP_OK) {
        v->page.trouble = t;
        if (t == TROUBLE_STATUS)
            v->page.status = MHD_HTTP_SERVICE_UNAVAILABLE;
    }
    return v;
}

/* MHD_AccessHandlerCallback: called with the head, then with the body's end,
 * and again whenever the connection wakes. */
static enum MHD_Result handle(void *arg, struct MHD_Connection *c,
                              const char *path, const char *method,
                              const char *version, const char *upload,
                              size_t *upload_size, void **slot)
{
    struct site *s = arg;
    struct visit *v = *slot;
    (void)version;
    (void)upload;
    if (!v) {
        if (strcmp(method, "GET") != 0)
            return MHD_NO;
        *slot = visit_new(s, c, path);
        return MHD_YES;
    }
    if (*upload_size > 0) {
        *upload_size = 0;
        return MHD_YES;
    }
    if (!v->waited) {
        v->waited = true;
        double delay = s->latency + s->jitter * faults_random(&s->faults);
        if (delay > 0) {
            sleep_until(v, clock_now() + delay);
            return MHD_YES;
        }
    }
    return answer(v);
}

/* MHD_RequestCompletedCallback */
static void forget(void *arg, struct MHD_Connection *c, void **slot,
                   enum MHD_RequestTerminationCode code)
{
    (void)arg;
    (void)c;
    (void)code;
    struct visit *v = *slot;
    if (v)
        free(v->location);
    free(v);
    *slot = NULL;
}

/* A connection is accepted with its first bytes: we wake up once for both. */
static void listen_for_requests(const struct site *s)
{
    int seconds = 10;
    int fd =
        MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_LISTEN_FD)->listen_fd;
    setsockopt(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds);
}

enum err site_open(struct site *s, int *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    s->timers = (struct timers){0};
    page_fill(0, 0, s->pattern, sizeof s->pattern);
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, s,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&at,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)BACKLOG,
        MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_END);
    if (!s->daemon)
        return ERR_IO;
    listen_for_requests(s);
    *port = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    return ERR_OK;
}

int site_fd(const struct site *s)
{
    return MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

static void wake(struct visit *v, double now)
{
    v->over = v->stalled && client_left(v);
    if (v->stalled && !v->over)
        timers_add(&v->site->timers, now + stall_look, v);
    else
        MHD_resume_connection(v->connection);
}

double site_run(struct site *s)
{
    MHD_UNSIGNED_LONG_LONG wait;
    double now = clock_now();
    for (struct visit *v; (v = timers_take(&s->timers, now));)
        wake(v, now);
    MHD_run(s->daemon);
    if (MHD_get_timeout(s->daemon, &wait) == MHD_YES && wait == 0)
        return 0;
    return s->timers.n > 0 ? s->timers.v[0].due : -1;
}

void site_close(struct site *s)
{
    for (size_t i = 0; i < s->timers.n; i++) {
        struct visit *v = s->timers.v[i].what;
        v->over = true;
        MHD_resume_connection(v->connection);
    }
    vec_fini(&s->timers);
    MHD_stop_daemon(s->daemon);
    s->daemon = NULL;
}
