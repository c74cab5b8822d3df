/* The threads of a server put the lines of their log into one buffer.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sched.h>

enum { THREADS = 2, LINES = 300 /* of each thread */, LINE = 16 };

static int written;

char buffer[THREADS * LINES * LINE];
size_t used;

/* Two parts make a line. */
static void log_line(const char *address, const char *request)
{
    size_t at = used;                /* @site read */
    memcpy(buffer + at, address, 8); /* @site first */
    sched_yield();
    memcpy(buffer + at + 8, request, 8); /* @site second */
    used = at + LINE;                    /* @site advance */
}

static void *serve(void *address)
{
    for (int i = 0; i < written; i++)
        log_line(address, "GET /  \n");
    return NULL;
}

int main(int argc, char **argv)
{
    static char *clients[THREADS] = {"10.0.0.1", "10.0.0.2"};
    pthread_t ids[THREADS];
    written = (int)case_arg(argc, argv, 1, LINES, 1, LINES);
    for (int i = 0; i < THREADS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, serve, clients[i]));
    for (int i = 0; i < THREADS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    int lines[THREADS] = {0};
    for (size_t at = 0; at < used; at += LINE)
        for (int i = 0; i < THREADS; i++)
            lines[i] += memcmp(buffer + at, clients[i], 8) == 0;
    return case_end(lines[0] == written && lines[1] == written,
                    "%d and %d lines of %d", lines[0], lines[1], written);
}
