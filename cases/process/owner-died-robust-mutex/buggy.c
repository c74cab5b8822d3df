/* A worker process fills a warehouse, and is started anew when it dies.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BOXES = 10 };

struct warehouse {
    pthread_mutex_t lock;
    int booked, stored; /* the same number whenever it is not locked */
};

static struct warehouse *house; /* in memory that all processes share */

static void open_house(void)
{
    pthread_mutexattr_t kind;
    house = mmap(NULL, sizeof *house, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CASE_CHECK(house == MAP_FAILED ? errno : 0);
    CASE_CHECK(pthread_mutexattr_init(&kind));
    CASE_CHECK(pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED));
    CASE_CHECK(pthread_mutex_init(&house->lock, &kind));
    CASE_CHECK(pthread_mutexattr_destroy(&kind));
}

static void lock_house(void)
{
    CASE_CHECK(pthread_mutex_lock(&house->lock)); /* @site lock */
}

static int work(bool out_of_memory)
{
    for (int n = 0; n < BOXES; n++) {
        lock_house();
        house->booked++;
        if (out_of_memory && n == BOXES / 2) {
            raise(SIGKILL); /* @site killed */
        }
        house->stored++;
        CASE_CHECK(pthread_mutex_unlock(&house->lock));
    }
    return 0;
}

static int run_worker(bool out_of_memory)
{
    int status = 0;
    pid_t pid = fork();
    CASE_CHECK(pid < 0 ? errno : 0);
    if (pid == 0)
        _exit(work(out_of_memory));
    CASE_CHECK(waitpid(pid, &status, 0) < 0 ? errno : 0);
    return status;
}

int main(void)
{
    open_house();
    for (bool scarce = true; run_worker(scarce); scarce = false)
        ;
    return case_end(house->booked == house->stored, "booked %d, stored %d",
                    house->booked, house->stored);
}
