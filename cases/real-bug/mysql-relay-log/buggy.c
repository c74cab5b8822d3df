/* A replica: one thread receives events into logs, another applies them; the
 * newest log is read from memory, the finished ones from their files.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { LOGS = 30, LOG_EVENTS = 20 };

struct log {
    int number, size;
    int events[LOG_EVENTS];
};

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static struct log current;
static struct log files[LOGS];
static int balance;
static int logs, log_events; /* that are written; of each */

static void log_append(int deposit)
{
    CASE_CHECK(pthread_mutex_lock(&log_lock));
    current.events[current.size++] = deposit;
    if (current.size == log_events) {
        files[current.number] = current;
        current = (struct log){.number = current.number + 1}; /* @site rotate */
    }
    CASE_CHECK(pthread_mutex_unlock(&log_lock));
}

static bool log_is_current(int number)
{
    CASE_CHECK(pthread_mutex_lock(&log_lock));
    bool is_current = current.number == number; /* @site ask */
    CASE_CHECK(pthread_mutex_unlock(&log_lock));
    return is_current;
}

static struct log log_current(void)
{
    CASE_CHECK(pthread_mutex_lock(&log_lock));
    struct log log = current; /* @site read */
    CASE_CHECK(pthread_mutex_unlock(&log_lock));
    return log;
}

static struct log log_read(int number)
{
    if (!log_is_current(number))
        return files[number];
    usleep(50); /* that the newest log is read now is noted */
    return log_current();
}

static void *apply(void *unused)
{
    int number = 0, at = 0;
    while (number < logs) {
        struct log log = log_read(number);
        if (log.number != number)
            break; /* the head of the log is wrong: the replica stops */
        for (; at < log.size; at++)
            balance += log.events[at];
        number += at / log_events;
        at %= log_events;
        usleep(100);
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t applier;
    int received = 0;
    logs = (int)case_arg(argc, argv, 1, LOGS, 1, LOGS);
    log_events = (int)case_arg(argc, argv, 2, LOG_EVENTS, 1, LOG_EVENTS);
    CASE_CHECK(pthread_create(&applier, NULL, apply, NULL));
    for (int i = 0; i < logs * log_events; i++) {
        usleep(50); /* an event arrives */
        log_append(i);
        received += i;
    }
    CASE_CHECK(pthread_join(applier, NULL));
    return case_end(balance == received, "balance %d of %d, after %d logs",
                    balance, received, logs);
}
