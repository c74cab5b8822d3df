/* A web server on the loopback interface, for the cases that download: a child
 * process without threads, in which no detector finds anything.
 *
 *     struct loopback server = loopback_start(2);
 *     snprintf(url, sizeof url, "http://127.0.0.1:%d/10394", server.port);
 *     ... threads that get it, as often as they like ...
 *     loopback_stop(&server);
 *
 * GET /N, with N up to LOOPBACK_LARGEST, is answered by a body of N bytes, each
 * of them loopback_byte(N), `delay` milliseconds later; all else by 404 and no
 * body. No connection waits for another. HTTP/1.1: a connection stays open
 * until the client closes it, and takes one request at a time. Beyond
 * LOOPBACK_PEERS, one is accepted when another closes.
 *
 * Start it in the main thread while there is no other, before libcurl is
 * initialised: it sets no_proxy, lest a proxy be asked. It ends at
 * loopback_stop, or with the main thread, however that ends: nothing is left
 * behind.
 *
 * It orders nothing among the threads of the case. Yet ThreadSanitizer takes
 * all sockets for one object of synchronisation: what a thread did before it
 * sent happens, to it, before whatever another does after a later receive.
 *
 * Idle, it waits for a signal, not in poll(): whoever polls a network socket
 * may be woken by the world, and beside such a child no case could be seen to
 * hang (tools/os/blocked.h).
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_LOOPBACK_H
#define LOCKSTEP_LOOPBACK_H

#include "case.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOOPBACK_PEERS = 64, LOOPBACK_LARGEST = 1 << 24 };

struct loopback {
    pid_t pid;
    int port;
};

/* What the body of that length is made of. */
static inline char loopback_byte(long length)
{
    return (char)('a' + length % 26);
}

struct loopback_peer {
    int fd; /* -1: free */
    char request[2048];
    char *answer; /* NULL while the request is read */
    size_t got, size, sent;
    long due; /* when to answer; 0 once that has begun */
};

static inline long loopback_clock(void) /* microseconds */
{
    struct timespec t;
    CASE_CHECK(clock_gettime(CLOCK_MONOTONIC, &t));
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static inline void loopback_answer(struct loopback_peer *p, int delay)
{
    long n = 0;
    char next = 0;
    bool known = sscanf(p->request, "GET /%9ld%c", &n, &next) == 2 &&
                 next == ' ' && n >= 0 && n <= LOOPBACK_LARGEST;
    size_t body = known ? (size_t)n : 0;
    p->answer = malloc(body + 128);
    CASE_CHECK(p->answer ? 0 : ENOMEM);
    p->size =
        (size_t)sprintf(p->answer, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n",
                        known ? "200 OK" : "404 Not Found", body);
    memset(p->answer + p->size, loopback_byte(n), body);
    p->size += body;
    p->due = loopback_clock() + delay * 1000L;
}

static inline ssize_t loopback_read(struct loopback_peer *p, int delay)
{
    size_t room = sizeof p->request - 1 - p->got;
    ssize_t n = recv(p->fd, p->request + p->got, room, 0);
    p->got += n > 0 ? (size_t)n : 0;
    if (strstr(p->request, "\r\n\r\n"))
        loopback_answer(p, delay);
    return n;
}

static inline ssize_t loopback_write(struct loopback_peer *p)
{
    size_t left = p->size - p->sent;
    ssize_t n = send(p->fd, p->answer + p->sent, left, MSG_NOSIGNAL);
    p->due = 0;
    p->sent += n > 0 ? (size_t)n : 0;
    if (p->sent == p->size) {
        free(p->answer);
        *p = (struct loopback_peer){.fd = p->fd};
    }
    return n;
}

/* Reads or writes once; false when it would have to wait for that. */
static inline bool loopback_serve(struct loopback_peer *p, int delay)
{
    if (p->due > loopback_clock())
        return false;
    ssize_t n = p->answer ? loopback_write(p) : loopback_read(p, delay);
    if (n > 0 || (n < 0 && errno == EAGAIN))
        return n > 0;
    close(p->fd);
    free(p->answer);
    *p = (struct loopback_peer){.fd = -1};
    return true;
}

/* Whatever happens at fd comes as a SIGIO. */
static inline int loopback_watch(int fd)
{
    fcntl(fd, F_SETOWN, getpid());
    fcntl(fd, F_SETFL, O_NONBLOCK | O_ASYNC);
    return fd;
}

/* Serves each peer once, and accepts one; false when all have to wait. */
static inline bool loopback_round(struct loopback_peer *peers, int listener,
                                  int delay)
{
    bool busy = false, asked = false;
    for (struct loopback_peer *p = peers; p < peers + LOOPBACK_PEERS; p++)
        if (p->fd >= 0) {
            busy |= loopback_serve(p, delay);
        } else if (!asked) {
            asked = true;
            p->fd = loopback_watch(accept(listener, NULL, NULL));
            busy |= p->fd >= 0;
        }
    return busy;
}

/* Waits for one of the signals, or until the first answer is due. */
static inline int loopback_wait(const struct loopback_peer *peers,
                                const sigset_t *signals)
{
    long due = 0, now = loopback_clock();
    for (int i = 0; i < LOOPBACK_PEERS; i++)
        if (peers[i].due > 0 && (due == 0 || peers[i].due < due))
            due = peers[i].due;
    long left = due > now ? due - now : 0;
    struct timespec t = {left / 1000000, left % 1000000 * 1000};
    return sigtimedwait(signals, NULL, due > 0 ? &t : NULL);
}

static inline void loopback_run(pid_t parent, int listener, int delay)
{
    static struct loopback_peer peers[LOOPBACK_PEERS];
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGIO);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    for (int i = 0; i < LOOPBACK_PEERS; i++)
        peers[i].fd = -1;
    loopback_watch(listener);
    int signal = getppid() == parent ? SIGIO : SIGTERM;
    while (signal != SIGTERM) {
        while (loopback_round(peers, listener, delay))
            ;
        signal = loopback_wait(peers, &signals);
    }
    _exit(0);
}

static inline struct loopback loopback_start(int delay)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    struct loopback server;
    pid_t parent = getpid();
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CASE_CHECK(listener < 0 ? -1 : 0);
    CASE_CHECK(bind(listener, (struct sockaddr *)&at, size));
    CASE_CHECK(listen(listener, 128));
    CASE_CHECK(getsockname(listener, (struct sockaddr *)&at, &size));
    server.port = ntohs(at.sin_port);
    CASE_CHECK((server.pid = fork()) < 0 ? -1 : 0);
    if (server.pid == 0)
        loopback_run(parent, listener, delay);
    close(listener);
    CASE_CHECK(setenv("no_proxy", "127.0.0.1", 1));
    return server;
}

static inline void loopback_stop(const struct loopback *server)
{
    CASE_CHECK(kill(server->pid, SIGTERM));
    CASE_CHECK(waitpid(server->pid, NULL, 0) < 0 ? -1 : 0);
}

#endif
