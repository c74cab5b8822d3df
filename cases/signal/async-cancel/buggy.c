/* A clerk moves money to and fro between two accounts until the day is over.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { MONEY = 1000, SOME = 100 };

/* The clerk's alone, as long as there is one. */
volatile int account[2] = {MONEY / 2, MONEY / 2};

static void *transfer(void *unused)
{
    int before;
    CASE_CHECK(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &before));
    for (int from = 0;; from = !from) {
        account[from] -= SOME;  /* @site take */
        account[!from] += SOME; /* @site give */
    }
    return unused;
}

int main(int argc, char **argv)
{
    long days = case_arg(argc, argv, 1, 20, 1, 1000), wrong = 0;
    for (int i = 0; i < days; i++) {
        pthread_t clerk;
        int before = account[0] + account[1];
        CASE_CHECK(pthread_create(&clerk, NULL, transfer, NULL));
        usleep(1000); /* a day */
        CASE_CHECK(pthread_cancel(clerk));
        CASE_CHECK(pthread_join(clerk, NULL));
        wrong += account[0] + account[1] != before;
    }
    return case_end(wrong == 0, "on %ld of %ld days money was lost", wrong,
                    days);
}
