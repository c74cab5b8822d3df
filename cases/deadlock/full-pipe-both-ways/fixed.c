/* A text is put into capitals by a filter, which is a process of its own.
 * Usage: PROGRAM [CHUNKS of the text]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <ctype.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHUNK = 4096 };

static int to_filter[2], from_filter[2]; /* pipes: [0] is read, [1] written */
static long chunks;

/* The filter, until its input ends. */
static void filter(void)
{
    char text[CHUNK];
    ssize_t n;
    while ((n = read(to_filter[0], text, sizeof text)) > 0) {
        for (ssize_t i = 0; i < n; i++)
            text[i] = (char)toupper(text[i]);
        ssize_t sent = write(from_filter[1], text, (size_t)n); /* @site back */
        CASE_CHECK(sent == n ? 0 : errno);
    }
}

static void *send_text(void *unused)
{
    char text[CHUNK];
    memset(text, 'a', sizeof text);
    for (long i = 0; i < chunks; i++) {
        ssize_t sent = write(to_filter[1], text, sizeof text); /* @site send */
        CASE_CHECK(sent == sizeof text ? 0 : errno);
    }
    CASE_CHECK(close(to_filter[1]) == 0 ? 0 : errno);
    return unused;
}

/* How many capitals come back. */
static long receive_text(void)
{
    char text[CHUNK];
    long capitals = 0;
    ssize_t n;
    while ((n = read(from_filter[0], text, sizeof text)) > 0)
        for (ssize_t i = 0; i < n; i++)
            capitals += text[i] == 'A';
    return capitals;
}

int main(int argc, char **argv)
{
    chunks = case_arg(argc, argv, 1, 100, 1, 10000);
    CASE_CHECK(pipe(to_filter) == 0 && pipe(from_filter) == 0 ? 0 : errno);
    pid_t child = fork();
    CASE_CHECK(child >= 0 ? 0 : errno);
    CASE_CHECK(close(to_filter[child == 0]) == 0 ? 0 : errno);
    CASE_CHECK(close(from_filter[child != 0]) == 0 ? 0 : errno);
    if (child == 0) {
        filter();
        _exit(0);
    }
    pthread_t sender;
    CASE_CHECK(pthread_create(&sender, NULL, send_text, NULL));
    long capitals = receive_text();
    CASE_CHECK(pthread_join(sender, NULL));
    CASE_CHECK(waitpid(child, NULL, 0) == child ? 0 : errno);
    return case_end(capitals == chunks * CHUNK, "%ld of %ld capitals", capitals,
                    chunks * CHUNK);
}
