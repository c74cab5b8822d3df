/* Threads download the parts of a file; on SIGINT a log is saved to resume.
 * SPDX-License-Identifier: MIT */
#include "case.h"
#include "thread_safety.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

enum { PARTS = 2, BLOCKS = 400 /* of each part */, BLOCK = 1024 };

static pthread_mutex_t got_lock = PTHREAD_MUTEX_INITIALIZER;
long offsets[PARTS] GUARDED_BY(got_lock); /* got of each part, */
long got GUARDED_BY(got_lock);            /* and of all */

static struct log {
    long offsets[PARTS];
    long got;
} saved;

static int blocks;

static void *download(void *arg)
{
    long *offset = arg;
    for (int i = 0; i < blocks; i++) {
        usleep(50); /* a block comes */
        CASE_CHECK(pthread_mutex_lock(&got_lock));
        *offset += BLOCK; /* @site offset-add */
        got += BLOCK;     /* @site got-add */
        CASE_CHECK(pthread_mutex_unlock(&got_lock));
    }
    return NULL;
}

static void save_log(void)
{
    CASE_CHECK(pthread_mutex_lock(&got_lock));
    for (int i = 0; i < PARTS; i++) {
        saved.offsets[i] = offsets[i]; /* @site offset-save */
    }
    usleep(1000);    /* the log file is opened */
    saved.got = got; /* @site got-save */
    CASE_CHECK(pthread_mutex_unlock(&got_lock));
}

static void *wait_for_user(void *signals)
{
    int number = 0;
    CASE_CHECK(sigwait(signals, &number));
    save_log();
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[PARTS], user;
    sigset_t signals;
    blocks = (int)case_arg(argc, argv, 1, BLOCKS, 1, BLOCKS);
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    CASE_CHECK(pthread_sigmask(SIG_BLOCK, &signals, NULL));
    CASE_CHECK(pthread_create(&user, NULL, wait_for_user, &signals));
    for (int i = 0; i < PARTS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, download, &offsets[i]));
    usleep(10000); /* the user loses patience */
    CASE_CHECK(kill(getpid(), SIGINT));
    CASE_CHECK(pthread_join(user, NULL));
    for (int i = 0; i < PARTS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    long sum = saved.offsets[0] + saved.offsets[1];
    return case_end(sum == saved.got, "the parts have %ld bytes, the file %ld",
                    sum, saved.got);
}
