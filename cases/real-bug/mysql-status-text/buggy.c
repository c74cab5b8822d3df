/* A server's session tells what it does at the moment; a monitor prints it.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { QUERIES = 200, REPORTS = 200 };

static int queries, reports;

const char *doing; /* or NULL, between two queries */

static void set_doing(const char *text)
{
    doing = text; /* @site set */
}

static void *serve(void *unused)
{
    for (int i = 0; i < queries; i++) {
        set_doing("sending data");
        usleep(100);
        set_doing(NULL);
        usleep(100); /* until the next query comes */
    }
    return unused;
}

static void report(FILE *out)
{
    fputs("session 1", out);
    if (doing) { /* @site test */
        putc(' ', out);
        usleep(100);       /* the terminal is slow */
        fputs(doing, out); /* @site use */
    }
    putc('\n', out);
}

int main(int argc, char **argv)
{
    pthread_t session;
    queries = (int)case_arg(argc, argv, 1, QUERIES, 1, QUERIES);
    reports = (int)case_arg(argc, argv, 2, REPORTS, 1, REPORTS);
    FILE *out = fopen("/dev/null", "w");
    CASE_CHECK(out ? 0 : errno);
    CASE_CHECK(pthread_create(&session, NULL, serve, NULL));
    for (int i = 0; i < reports; i++) {
        usleep(70);
        report(out);
    }
    CASE_CHECK(pthread_join(session, NULL));
    CASE_CHECK(fclose(out));
    return case_end(true, "%d queries, %d reports", queries, reports);
}
