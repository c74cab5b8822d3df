/* A client asks a server and waits for the answer, for two seconds at most.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 2 }; /* seconds */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t answered = PTHREAD_COND_INITIALIZER;
static int answer; /* under the lock; 0 until it is there */

static void *server(void *unused)
{
    usleep(10000); /* until it is found in the database */
    CASE_CHECK(pthread_mutex_lock(&lock));
    answer = 42;
    CASE_CHECK(pthread_cond_signal(&answered));
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return unused;
}

static int await_answer(void)
{
    struct timespec end = {.tv_sec = PATIENCE};
    int error = 0;
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (answer == 0 && error == 0) {
        error = pthread_cond_timedwait(&answered, &lock, &end); /* @site wait */
    }
    int got = answer;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    CASE_CHECK(error == ETIMEDOUT ? 0 : error);
    return got;
}

int main(void)
{
    pthread_t id;
    CASE_CHECK(pthread_create(&id, NULL, server, NULL));
    int got = await_answer();
    CASE_CHECK(pthread_join(id, NULL));
    return case_end(got != 0, "the answer that came after 10 ms is %s",
                    got ? "there" : "given up");
}
