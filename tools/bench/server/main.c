/* lockstep-server: a web server on the loopback interface that is as slow, and
 * as unreliable, as one asks it to be. It is what `lockstep bench io` fetches
 * from.
 * SPDX-License-Identifier: MIT */
#include "bench/server/site.h"

#include "os/clock.h"

#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

const char *argp_program_version = "lockstep-server " LOCKSTEP_VERSION;

enum key { KEY_LATENCY = 'l', KEY_JITTER = 'j', KEY_BANDWIDTH = 'b' };

static const struct argp_option options[] = {
    {"latency", KEY_LATENCY, "MS", 0, "Milliseconds before each answer (0)", 0},
    {"jitter", KEY_JITTER, "MS", 0, "Up to so many more, by chance (0)", 0},
    {"bandwidth", KEY_BANDWIDTH, "BYTES", 0,
     "Bytes per second of each answer (no limit)", 0},
    {"fail", 'f', "KIND:RATE", 0,
     "Let that share of the answers fail: 5xx, reset, stall, truncated or "
     "drip; may be given several times",
     0},
    {"seed", 's', "N", 0, "Of chance (1)", 0},
    {0},
};

static double amount(const char *text, const char *what, double largest,
                     struct argp_state *state)
{
    char *end;
    double x = strtod(text, &end);
    if (end == text || *end || !(x >= 0 && x <= largest))
        argp_error(state, "--%s: '%s' is no number from 0 to %.0f", what, text,
                   largest);
    return x;
}

static void add_fault(struct faults *f, const char *text,
                      struct argp_state *state)
{
    struct diag d = {0};
    if (faults_add(f, text, &d) != ERR_OK)
        argp_error(state, "%s", d.messages.v[0]);
    diag_fini(&d);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct site *s = state->input;
    switch (key) {
    case KEY_LATENCY:
        s->latency = amount(arg, "latency", 1e6, state) / 1000;
        return 0;
    case KEY_JITTER:
        s->jitter = amount(arg, "jitter", 1e6, state) / 1000;
        return 0;
    case KEY_BANDWIDTH:
        s->bandwidth = amount(arg, "bandwidth", 1e12, state);
        return 0;
    case 'f':
        add_fault(&s->faults, arg, state);
        return 0;
    case 's':
        s->faults.random.state = (uint64_t)amount(arg, "seed", 1e15, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const char doc[] =
    "Serves pages on 127.0.0.1 until its standard input is closed, or SIGTERM; "
    "prints `port N` once it listens.\v"
    "  GET /N                 N bytes of known content\n"
    "  GET /album/NAME-N.jpg  the same\n"
    "  GET /truncated/N       half of them, then the connection closes\n"
    "  GET /drip/N            a byte at a time\n"
    "  GET /status/S          that status, 400 to 599\n"
    "  GET /redirect/WHERE    status 302\n"
    "  GET /reset             the connection is reset\n"
    "  GET /stall             no answer\n";

static void allow_many_sockets(void)
{
    struct rlimit l;
    if (getrlimit(RLIMIT_NOFILE, &l) == 0) {
        l.rlim_cur = l.rlim_max;
        setrlimit(RLIMIT_NOFILE, &l);
    }
}

static int end_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

static int watch(int epoll, int fd)
{
    struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
}

/* A file or /dev/null as standard input cannot be watched, and never closes:
 * then a signal ends the server. */
static bool stdin_closed(void)
{
    char sink[256];
    ssize_t n = read(STDIN_FILENO, sink, sizeof sink);
    return n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN);
}

/* Lets the timer fire at `due`; never, if that is negative. */
static void arm(int timer, double due)
{
    struct itimerspec t = {0};
    if (due >= 0)
        t.it_value = timers_until(due, clock_now());
    timerfd_settime(timer, 0, &t, NULL);
}

/* Serves until stdin or a signal says otherwise. */
static int serve(struct site *s)
{
    struct epoll_event events[4];
    int epoll = epoll_create1(EPOLL_CLOEXEC), signals = end_signals();
    int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (epoll < 0 || signals < 0 || timer < 0 || watch(epoll, signals) != 0 ||
        watch(epoll, timer) != 0 || watch(epoll, site_fd(s)) != 0 ||
        (watch(epoll, STDIN_FILENO) != 0 && errno != EPERM)) {
        perror("lockstep-server: epoll");
        return 1;
    }
    for (bool end = false; !end;) {
        arm(timer, site_run(s));
        int n = epoll_wait(epoll, events, 4, -1);
        for (int i = 0; i < n; i++)
            end |= events[i].data.fd == signals ||
                   (events[i].data.fd == STDIN_FILENO && stdin_closed());
    }
    close(timer);
    close(signals);
    close(epoll);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct argp argp = {options, parse, NULL, doc, 0, 0, 0};
    struct site s = {.faults.random = {1}};
    int port = 0;
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &s);
    allow_many_sockets();
    signal(SIGPIPE, SIG_IGN);
    if (site_open(&s, &port) != ERR_OK) {
        fputs("lockstep-server: cannot listen on 127.0.0.1\n", stderr);
        return 1;
    }
    printf("port %d\n", port);
    int code = fflush(stdout) == 0 ? serve(&s) : 1;
    site_close(&s);
    return code;
}
