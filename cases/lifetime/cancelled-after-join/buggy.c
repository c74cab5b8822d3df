/* A print shop: a thread prints each order, a customer may withdraw his.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

struct order {
    int pages;
    pthread_t printer;
};

static void *print(void *pages)
{
    for (int i = 0; i < *(int *)pages; i++)
        usleep(1000);
    return pages;
}

static void start(struct order *order)
{
    CASE_CHECK(pthread_create(&order->printer, NULL, print, &order->pages));
}

/* Waits until it is printed, and tells whether it is. */
static bool hand_out(struct order *order)
{
    void *printed = NULL;
    CASE_CHECK(pthread_join(order->printer, &printed));
    return printed != PTHREAD_CANCELED;
}

static void withdraw(struct order *order)
{
    CASE_CHECK(pthread_cancel(order->printer)); /* @site withdraw */
}

int main(void)
{
    struct order card = {.pages = 1}, flyer = {.pages = 2}; /* Ann's */
    struct order thesis = {.pages = 50};                    /* Bob's */
    start(&card);
    start(&flyer);
    bool ann = hand_out(&card) && hand_out(&flyer);
    start(&thesis);
    usleep(5000);
    withdraw(&card); /* "all that I have ordered", says Ann */
    withdraw(&flyer);
    bool bob = hand_out(&thesis);
    return case_end(ann && bob, "Ann gets %s, Bob gets %s",
                    ann ? "all" : "too little", bob ? "all" : "nothing");
}
