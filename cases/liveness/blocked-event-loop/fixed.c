/* The event loop of a server answers pings, and writes reports on request.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REPORTS = 5, POOL = 2 };

static int line[2]; /* [0] is the client's end, [1] the server's */
static int jobs[2]; /* a pipe from the loop to the pool */

static void send_byte(int fd, char byte)
{
    CASE_CHECK(write(fd, &byte, 1) == 1 ? 0 : errno);
}

static void on_ping(void)
{
    send_byte(line[1], 'p');
}

static void on_report(void)
{
    usleep(10000); /* @site query */
    send_byte(line[1], 'r');
}

static void *pool(void *unused)
{
    char job;
    while (read(jobs[0], &job, 1) == 1)
        on_report();
    return unused;
}

static void *loop(void *unused)
{
    char event;
    while (read(line[1], &event, 1) == 1) {
        if (event == 'r') {
            send_byte(jobs[1], event); /* @site report */
        } else {
            on_ping();
        }
    }
    return unused;
}

/* How many pings were answered while the server had a report to write. */
static int pings_meanwhile(void)
{
    int pings = 0;
    char answer = 'p';
    send_byte(line[0], 'r');
    while (answer != 'r') {
        usleep(500);
        send_byte(line[0], 'p');
        CASE_CHECK(read(line[0], &answer, 1) == 1 ? 0 : errno);
        pings += answer == 'p';
    }
    CASE_CHECK(read(line[0], &answer, 1) == 1 ? 0 : errno); /* the last 'p' */
    return pings;
}

int main(void)
{
    pthread_t server, workers[POOL];
    int pings = 0;
    CASE_CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, line));
    CASE_CHECK(pipe(jobs));
    for (int i = 0; i < POOL; i++)
        CASE_CHECK(pthread_create(&workers[i], NULL, pool, NULL));
    CASE_CHECK(pthread_create(&server, NULL, loop, NULL));
    for (int i = 0; i < REPORTS; i++)
        pings += pings_meanwhile();
    CASE_CHECK(shutdown(line[0], SHUT_WR));
    CASE_CHECK(pthread_join(server, NULL));
    CASE_CHECK(close(jobs[1]));
    for (int i = 0; i < POOL; i++)
        CASE_CHECK(pthread_join(workers[i], NULL));
    return case_end(pings > 0, "%d pings answered during %d reports", pings,
                    REPORTS);
}
