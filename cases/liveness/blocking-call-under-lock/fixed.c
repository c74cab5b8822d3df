/* The counters of a bank sell gold at a price that an exchange renews.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

enum { COUNTERS = 2, OPENING = 100, CLOSING = 105 }; /* prices of the day */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long price = OPENING, sales, meanwhile; /* sales while it was renewed */
static int line[2]; /* [0] is the bank's end, [1] the exchange's */

static void *answer(void *unused)
{
    char question;
    for (long now = OPENING + 1; read(line[1], &question, 1) == 1; now++) {
        usleep(10000); /* it is far away */
        CASE_CHECK(write(line[1], &now, sizeof now) > 0 ? 0 : errno);
    }
    return unused;
}

static long ask(void)
{
    long news = 0;
    CASE_CHECK(write(line[0], "?", 1) == 1 ? 0 : errno);
    ssize_t got = read(line[0], &news, sizeof news); /* @site wait */
    CASE_CHECK(got == sizeof news ? 0 : EIO);
    return news;
}

static void renew(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock)); /* @site hold */
    long before = sales;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    long news = ask(); /* @site ask */
    CASE_CHECK(pthread_mutex_lock(&lock));
    price = news;
    meanwhile += sales - before;
    CASE_CHECK(pthread_mutex_unlock(&lock)); /* @site release */
}

static void *sell(void *unused)
{
    for (long paid = 0; paid < CLOSING;) {
        CASE_CHECK(pthread_mutex_lock(&lock));
        paid = price;
        sales++;
        CASE_CHECK(pthread_mutex_unlock(&lock));
        usleep(200); /* the next customer comes */
    }
    return unused;
}

int main(void)
{
    pthread_t exchange, counters[COUNTERS];
    CASE_CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, line));
    CASE_CHECK(pthread_create(&exchange, NULL, answer, NULL));
    for (int i = 0; i < COUNTERS; i++)
        CASE_CHECK(pthread_create(&counters[i], NULL, sell, NULL));
    for (int i = OPENING; i < CLOSING; i++) {
        usleep(2000); /* the price holds for a while */
        renew();
    }
    for (int i = 0; i < COUNTERS; i++)
        CASE_CHECK(pthread_join(counters[i], NULL));
    CASE_CHECK(shutdown(line[0], SHUT_WR));
    CASE_CHECK(pthread_join(exchange, NULL));
    return case_end(meanwhile > 0, "%ld of %ld sales while the price was asked",
                    meanwhile, sales);
}
