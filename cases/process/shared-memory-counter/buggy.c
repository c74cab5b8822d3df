/* The processes of a server count the requests that they answer together.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 2 };

struct board {
    long answered;
};

struct board *board; /* in memory that all processes share */

static void answer(long requests)
{
    for (long i = 0; i < requests; i++) {
        board->answered++; /* @site count */
    }
}

static pid_t start_worker(long requests)
{
    pid_t pid = fork();
    CASE_CHECK(pid < 0 ? errno : 0);
    if (pid == 0) {
        answer(requests);
        _exit(0);
    }
    return pid;
}

int main(int argc, char **argv)
{
    long requests = case_arg(argc, argv, 1, 5000000, 1, 100000000);
    pid_t workers[WORKERS];
    board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CASE_CHECK(board == MAP_FAILED ? errno : 0);
    for (int i = 0; i < WORKERS; i++)
        workers[i] = start_worker(requests);
    for (int i = 0; i < WORKERS; i++) {
        int status = 0;
        CASE_CHECK(waitpid(workers[i], &status, 0) < 0 ? errno : 0);
        CASE_CHECK(status == 0 ? 0 : ECHILD);
    }
    long answered = board->answered;
    CASE_CHECK(munmap(board, sizeof *board) < 0 ? errno : 0);
    return case_end(answered == WORKERS * requests,
                    "%ld of %ld requests are counted", answered,
                    WORKERS * requests);
}
