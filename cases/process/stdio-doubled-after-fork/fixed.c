/* A program and the processes that it forks keep one journal.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 3 };

static FILE *journal;

static void note(const char *who, int number)
{
    CASE_CHECK(fprintf(journal, "%s %d\n", who, number) < 0 ? EIO : 0);
}

static void start_worker(int number)
{
    CASE_CHECK(fflush(journal) == 0 ? 0 : errno);
    pid_t pid = fork(); /* @site fork */
    CASE_CHECK(pid < 0 ? errno : 0);
    if (pid == 0) {
        note("worker", number);
        exit(0);
    }
}

static int count_lines(void)
{
    char line[80];
    int lines = 0;
    rewind(journal);
    while (fgets(line, sizeof line, journal))
        lines++;
    return lines;
}

int main(void)
{
    journal = tmpfile();
    CASE_CHECK(journal ? 0 : errno);
    note("workers to start:", WORKERS); /* @site note */
    for (int i = 0; i < WORKERS; i++)
        start_worker(i);
    for (int i = 0; i < WORKERS; i++) {
        int status = 0;
        CASE_CHECK(wait(&status) < 0 ? errno : 0);
        CASE_CHECK(status == 0 ? 0 : ECHILD);
    }
    int lines = count_lines();
    CASE_CHECK(fclose(journal) == 0 ? 0 : errno);
    return case_end(lines == 1 + WORKERS, "%d notes were made, %d are there",
                    1 + WORKERS, lines);
}
