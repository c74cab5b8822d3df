/* Each region's sales are added up by a thread of its own, main adds the sums.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { REGIONS = 4, SALES = 1000 };

static struct region {
    int sales[SALES];
    long total;
} regions[REGIONS];

static void *add_up(void *region)
{
    struct region *r = region;
    long total = 0;
    usleep(1000); /* the region's file is read */
    for (int i = 0; i < SALES; i++)
        total += r->sales[i];
    r->total = total; /* @site result */
    return NULL;
}

static long book_sales(void)
{
    long booked = 0;
    for (int r = 0; r < REGIONS; r++)
        for (int i = 0; i < SALES; i++) {
            regions[r].sales[i] = 10 * r + i % 7;
            booked += regions[r].sales[i];
        }
    return booked;
}

int main(void)
{
    pthread_t ids[REGIONS];
    long booked = book_sales(), total = 0;
    for (int r = 0; r < REGIONS; r++)
        CASE_CHECK(pthread_create(&ids[r], NULL, add_up, &regions[r]));
    for (int r = 0; r < REGIONS; r++) {
        total += regions[r].total; /* @site use */
    }
    for (int r = 0; r < REGIONS; r++)
        CASE_CHECK(pthread_join(ids[r], NULL));
    return case_end(total == booked, "the total is %ld, %ld were booked", total,
                    booked);
}
