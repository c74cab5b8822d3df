/* A producer feeds a pipeline, two consumers empty it; then it is shut down.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { CONSUMERS = 2, MESSAGES = 20, NONE = 0 };

static int sent;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;
static int messages[MESSAGES];
static int put_count, got_count;
static bool stopped;

static void put(int message)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    messages[put_count++] = message;
    CASE_CHECK(pthread_cond_signal(&news));
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static int get(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (got_count == put_count && !stopped) {
        CASE_CHECK(pthread_cond_wait(&news, &lock)); /* @site wait */
    }
    int message = got_count < put_count ? messages[got_count++] : NONE;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return message;
}

static void stop(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    stopped = true;
    CASE_CHECK(pthread_cond_broadcast(&news));
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static bool finished(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    bool answer = stopped && got_count == put_count;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return answer;
}

static void *consume(void *sum)
{
    while (!finished())
        *(long *)sum += get();
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t consumers[CONSUMERS];
    long sums[CONSUMERS] = {0}, total = 0;
    sent = (int)case_arg(argc, argv, 1, MESSAGES, 1, MESSAGES);
    for (int i = 0; i < CONSUMERS; i++)
        CASE_CHECK(pthread_create(&consumers[i], NULL, consume, &sums[i]));
    for (int i = 1; i <= sent; i++) {
        put(i);
        usleep(1000); /* until the next message arrives */
    }
    stop();
    for (int i = 0; i < CONSUMERS; i++) {
        CASE_CHECK(pthread_join(consumers[i], NULL));
        total += sums[i];
    }
    return case_end(total == sent * (sent + 1) / 2,
                    "the messages add up to %ld", total);
}
