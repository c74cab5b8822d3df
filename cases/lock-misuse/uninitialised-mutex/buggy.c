/* A museum counts its visitors, who then sign a book.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { HOURS = 12, GUESTS = 2, LINES = 100 /* of each guest */ };

static int written;

struct book {
    pthread_mutex_t lock;
    long lines;
};

static int busiest_hour(int opens_at)
{
    int *visitors = malloc(HOURS * sizeof *visitors);
    CASE_CHECK(visitors ? 0 : ENOMEM);
    int busiest = 0;
    for (int hour = 0; hour < HOURS; hour++) {
        visitors[hour] = 1 + (opens_at + hour) % 3;
        if (visitors[hour] > visitors[busiest])
            busiest = hour;
    }
    free(visitors);
    return busiest;
}

static struct book *book_new(void)
{
    struct book *b = malloc(sizeof *b);
    CASE_CHECK(b ? 0 : ENOMEM);
    b->lines = 0;
    return b;
}

static void book_free(struct book *b)
{
    CASE_CHECK(pthread_mutex_destroy(&b->lock));
    free(b);
}

static void *sign(void *arg)
{
    struct book *b = arg;
    for (int i = 0; i < written; i++) {
        CASE_CHECK(pthread_mutex_lock(&b->lock)); /* @site lock */
        b->lines++;
        CASE_CHECK(pthread_mutex_unlock(&b->lock));
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t guests[GUESTS];
    int hour = busiest_hour(9);
    struct book *b = book_new();
    written = (int)case_arg(argc, argv, 1, LINES, 1, LINES);
    for (int i = 0; i < GUESTS; i++)
        CASE_CHECK(pthread_create(&guests[i], NULL, sign, b));
    for (int i = 0; i < GUESTS; i++)
        CASE_CHECK(pthread_join(guests[i], NULL));
    long lines = b->lines;
    book_free(b);
    return case_end(lines == written * GUESTS, "%ld lines of %d, most at %d h",
                    lines, written * GUESTS, 9 + hour);
}
