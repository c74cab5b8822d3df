/* The web server that the cases bring along: what it serves, that it ends, and
 * that it neither is nor hides a hang.
 * SPDX-License-Identifier: MIT */
#include "../../cases/loopback.h"

#include "os/blocked.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { DELAY = 60 };

static int connect_to(const struct loopback *server)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)server->port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval limit = {.tv_sec = 5};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    return fd;
}

static void ask(int fd, const char *path)
{
    char text[128];
    int n =
        snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: h\r\n\r\n", path);
    assert_int_equal(send(fd, text, (size_t)n, 0), n);
}

/* The length of the body that comes, all of byte; -404 for that answer. */
static long answer(int fd, char byte)
{
    char head[256] = "", *body = NULL;
    long length = -1;
    int status = 0;
    size_t got = 0;
    while (!strstr(head, "\r\n\r\n")) {
        ssize_t n = recv(fd, head + got, 1, 0);
        assert_int_equal(n, 1);
        got += (size_t)n;
    }
    assert_int_equal(sscanf(head, "HTTP/1.1 %d %*[^:]: %ld", &status, &length),
                     2);
    body = malloc((size_t)length + 1);
    if (length > 0) /* else it would wait for the next answer */
        assert_int_equal(recv(fd, body, (size_t)length, MSG_WAITALL), length);
    for (long i = 0; i < length; i++)
        if (body[i] != byte)
            fail_msg("byte %ld is %d, not %d", i, body[i], byte);
    free(body);
    return status == 200 ? length : -status;
}

static void page_is_as_long_as_its_path_says(void **state)
{
    const struct loopback *server = *state;
    int fd = connect_to(server);
    ask(fd, "/10394");
    assert_int_equal(answer(fd, loopback_byte(10394)), 10394);
    close(fd);
}

static void connection_takes_one_request_after_another(void **state)
{
    int fd = connect_to(*state);
    for (long n = 0; n < 30; n += 10) {
        char path[16];
        snprintf(path, sizeof path, "/%ld", n);
        ask(fd, path);
        assert_int_equal(answer(fd, loopback_byte(n)), n);
    }
    close(fd);
}

static void request_may_come_in_pieces(void **state)
{
    int fd = connect_to(*state);
    assert_int_equal(send(fd, "GET /5 HT", 9, 0), 9);
    usleep(20000);
    assert_int_equal(send(fd, "TP/1.1\r\n\r\n", 10, 0), 10);
    assert_int_equal(answer(fd, loopback_byte(5)), 5);
    close(fd);
}

static void other_paths_are_not_found(void **state)
{
    static const char *const paths[] = {"/",
                                        "/x",
                                        "/12x",
                                        "/12/3",
                                        "/-1",
                                        "/16777217",
                                        "/1000000000000000000000"};
    int fd = connect_to(*state);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        ask(fd, paths[i]);
        assert_int_equal(answer(fd, 0), -404);
    }
    close(fd);
}

static void delays_do_not_add_up(void **state)
{
    enum { CLIENTS = 20 };
    int fds[CLIENTS];
    long begin = loopback_clock();
    for (int i = 0; i < CLIENTS; i++)
        ask(fds[i] = connect_to(*state), "/1000");
    for (int i = 0; i < CLIENTS; i++) {
        assert_int_equal(answer(fds[i], loopback_byte(1000)), 1000);
        close(fds[i]);
    }
    long taken = loopback_clock() - begin;
    assert_in_range(taken, DELAY * 1000, CLIENTS * DELAY * 1000 / 2);
}

static void slow_reader_holds_nobody_up(void **state)
{
    int slow = connect_to(*state), other = connect_to(*state);
    ask(slow, "/16777216");
    usleep(2 * DELAY * 1000);
    ask(other, "/7");
    assert_int_equal(answer(other, loopback_byte(7)), 7);
    assert_int_equal(answer(slow, loopback_byte(16777216)), 16777216);
    close(slow);
    close(other);
}

static void client_beyond_the_limit_waits_for_a_place(void **state)
{
    int fds[LOOPBACK_PEERS + 1];
    for (int i = 0; i <= LOOPBACK_PEERS; i++)
        ask(fds[i] = connect_to(*state), "/3");
    for (int i = 0; i <= LOOPBACK_PEERS; i++) {
        assert_int_equal(answer(fds[i], loopback_byte(3)), 3);
        close(fds[i]);
    }
}

/* Two looks that find no change between them. */
static bool looks_hung(const struct loopback *server)
{
    struct blocked b = {0};
    blocked_sample(&b, server->pid, 0);
    return blocked_sample(&b, server->pid, 0);
}

static void assert_comes_to_look_hung(const struct loopback *server)
{
    for (int i = 0; i < 500 && !looks_hung(server); i++)
        usleep(10000);
    assert_true(looks_hung(server));
}

static void only_an_idle_server_is_seen_to_wait_for_ever(void **state)
{
    int fd = connect_to(*state);
    assert_comes_to_look_hung(*state);
    long begin = loopback_clock();
    ask(fd, "/1");
    usleep(DELAY * 1000 / 4);
    bool hung = looks_hung(*state);
    if (loopback_clock() - begin < DELAY * 1000)
        assert_false(hung);
    assert_int_equal(answer(fd, loopback_byte(1)), 1);
    assert_comes_to_look_hung(*state);
    close(fd);
}

static void no_proxy_is_asked(void **state)
{
    (void)state;
    assert_string_equal(getenv("no_proxy"), "127.0.0.1");
}

/* The exit status of the server of a program that does not stop it. */
static int status_of_orphan(bool killed)
{
    int ends[2], status = -1;
    pid_t pid = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t program = fork();
    if (program == 0) {
        struct loopback server = loopback_start(0);
        if (write(ends[1], &server.pid, sizeof server.pid) < 0 || !killed)
            _exit(1);
        raise(SIGKILL);
    }
    assert_int_equal(read(ends[0], &pid, sizeof pid), sizeof pid);
    assert_int_equal(waitpid(program, NULL, 0), program);
    for (int i = 0; i < 100 && waitpid(pid, &status, WNOHANG) == 0; i++)
        usleep(10000);
    if (status != 0)
        kill(pid, SIGKILL);
    close(ends[0]);
    close(ends[1]);
    return status;
}

static void server_ends_with_its_program(void **state)
{
    (void)state;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    assert_int_equal(status_of_orphan(false), 0);
    assert_int_equal(status_of_orphan(true), 0);
}

static int start(void **state)
{
    static struct loopback server;
    server = loopback_start(DELAY);
    *state = &server;
    return 0;
}

static int stop(void **state)
{
    const struct loopback *server = *state;
    loopback_stop(server);
    return kill(server->pid, 0) == 0; /* it is gone, not only told to go */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(page_is_as_long_as_its_path_says),
        TEST(connection_takes_one_request_after_another),
        TEST(request_may_come_in_pieces),
        TEST(other_paths_are_not_found),
        TEST(delays_do_not_add_up),
        TEST(slow_reader_holds_nobody_up),
        TEST(client_beyond_the_limit_waits_for_a_place),
        TEST(only_an_idle_server_is_seen_to_wait_for_ever),
        TEST(no_proxy_is_asked),
        cmocka_unit_test(server_ends_with_its_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
