/* The processes of a server count the requests that they answer together.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 2 };

struct board {
    pthread_mutex_t lock;
    long answered;
};

struct board *board; /* in memory that all processes share */

static void open_board(void)
{
    pthread_mutexattr_t shared;
    board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CASE_CHECK(board == MAP_FAILED ? errno : 0);
    CASE_CHECK(pthread_mutexattr_init(&shared));
    CASE_CHECK(pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED));
    CASE_CHECK(pthread_mutex_init(&board->lock, &shared));
    CASE_CHECK(pthread_mutexattr_destroy(&shared));
}

static void answer(long requests)
{
    for (long i = 0; i < requests; i++) {
        CASE_CHECK(pthread_mutex_lock(&board->lock));
        board->answered++; /* @site count */
        CASE_CHECK(pthread_mutex_unlock(&board->lock));
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
    open_board();
    for (int i = 0; i < WORKERS; i++)
        workers[i] = start_worker(requests);
    for (int i = 0; i < WORKERS; i++) {
        int status = 0;
        CASE_CHECK(waitpid(workers[i], &status, 0) < 0 ? errno : 0);
        CASE_CHECK(status == 0 ? 0 : ECHILD);
    }
    long answered = board->answered;
    CASE_CHECK(pthread_mutex_destroy(&board->lock));
    CASE_CHECK(munmap(board, sizeof *board) < 0 ? errno : 0);
    return case_end(answered == WORKERS * requests,
                    "%ld of %ld requests are counted", answered,
                    WORKERS * requests);
}
