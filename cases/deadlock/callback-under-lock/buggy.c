/* A feed of prices calls its listeners; a window shows who listens to it.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { LISTENERS = 4, PRICES = 100 };

static int prices;

typedef void listener(long price);

/* The feed */
static pthread_mutex_t feed_lock = PTHREAD_MUTEX_INITIALIZER;
static listener *listeners[LISTENERS];
static int count;

static void feed_listen(listener *l)
{
    CASE_CHECK(pthread_mutex_lock(&feed_lock));
    listeners[count++] = l;
    CASE_CHECK(pthread_mutex_unlock(&feed_lock));
}

static int feed_listeners(void)
{
    CASE_CHECK(pthread_mutex_lock(&feed_lock)); /* @site ask */
    int n = count;
    CASE_CHECK(pthread_mutex_unlock(&feed_lock));
    return n;
}

static void feed_publish(long price)
{
    CASE_CHECK(pthread_mutex_lock(&feed_lock)); /* @site publish */
    for (int i = 0; i < count; i++)
        listeners[i](price);
    CASE_CHECK(pthread_mutex_unlock(&feed_lock));
}

/* The window */
static pthread_mutex_t window_lock = PTHREAD_MUTEX_INITIALIZER;
static long sum;
static int shown;

static void on_price(long price)
{
    usleep(300);                                  /* formats the price */
    CASE_CHECK(pthread_mutex_lock(&window_lock)); /* @site callback */
    sum += price;
    CASE_CHECK(pthread_mutex_unlock(&window_lock));
}

static void draw(void)
{
    CASE_CHECK(pthread_mutex_lock(&window_lock)); /* @site draw */
    usleep(300);                                  /* draws the frame */
    shown = feed_listeners();
    CASE_CHECK(pthread_mutex_unlock(&window_lock));
}

static void *draw_often(void *unused)
{
    for (int i = 0; i < prices; i++)
        draw();
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t drawing;
    prices = (int)case_arg(argc, argv, 1, PRICES, 1, PRICES);
    feed_listen(on_price);
    feed_publish(100); /* the opening price, in a first picture */
    draw();
    CASE_CHECK(pthread_create(&drawing, NULL, draw_often, NULL));
    for (int i = 0; i < prices; i++)
        feed_publish(100 + i);
    CASE_CHECK(pthread_join(drawing, NULL));
    long right = 100 * (prices + 1) + prices * (prices - 1) / 2;
    return case_end(shown == 1 && sum == right, "%d listeners, sum %ld", shown,
                    sum);
}
