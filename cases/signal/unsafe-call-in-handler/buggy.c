/* Pages are converted in two threads; a timer calls for reports of progress.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { APPENDIX = 500, REPORTS = 60, PAGE = 4096, LINE = 2048 };

static atomic_int progress; /* a file */
static atomic_int converted, reports;

static void convert(int number)
{
    char *page = malloc(PAGE);
    CASE_CHECK(page ? 0 : ENOMEM);
    snprintf(page, PAGE, "<p>page %d</p>", number);
    free(page);
}

static void *convert_appendix(void *unused)
{
    for (int i = 0; i < APPENDIX; i++)
        convert(i);
    return unused;
}

static void report(void)
{
    char *line = malloc(LINE); /* @site allocate */
    CASE_CHECK(line ? 0 : ENOMEM);
    int n = snprintf(line, LINE, "%d\n", converted); /* @site format */
    CASE_CHECK(write(progress, line, (size_t)n) == n ? 0 : EIO);
    free(line); /* @site release */
    reports++;
}

static void on_timer(int number)
{
    (void)number;
    int before = errno;
    report();
    errno = before;
}

int main(void)
{
    pthread_t thread;
    struct sigaction action = {.sa_handler = on_timer};
    sigset_t alarm_only;
    FILE *file = tmpfile();
    CASE_CHECK(file ? 0 : errno);
    progress = fileno(file);
    sigemptyset(&alarm_only);
    sigaddset(&alarm_only, SIGALRM);
    CASE_CHECK(sigaction(SIGALRM, &action, NULL));
    CASE_CHECK(pthread_sigmask(SIG_BLOCK, &alarm_only, NULL));
    CASE_CHECK(pthread_create(&thread, NULL, convert_appendix, NULL));
    CASE_CHECK(pthread_sigmask(SIG_UNBLOCK, &alarm_only, NULL));
    ualarm(1000, 1000); /* the first after 1 ms, then each ms */
    while (reports < REPORTS)
        convert(converted++);
    ualarm(0, 0);
    CASE_CHECK(pthread_join(thread, NULL));
    return case_end(true, "%d reports, %d pages", reports, converted);
}
