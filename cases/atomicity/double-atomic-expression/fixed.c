/* Lorries deliver crates to a warehouse, whose stock is an atomic number.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <stdatomic.h>
#include <threads.h>
#include <unistd.h>

enum { LORRIES = 2, TRIPS = 50, CRATES = 12 }; /* of each trip */

static int trips;

atomic_long stock;

static void check(int result)
{
    CASE_CHECK(result == thrd_success ? 0 : EAGAIN);
}

static long unload(void)
{
    usleep(100); /* it takes a while */
    return CRATES;
}

static int deliver(void *unused)
{
    (void)unused;
    for (int i = 0; i < trips; i++) {
        stock += unload(); /* @site deliver */
    }
    return 0;
}

int main(int argc, char **argv)
{
    thrd_t lorries[LORRIES];
    trips = (int)case_arg(argc, argv, 1, TRIPS, 1, TRIPS);
    for (int i = 0; i < LORRIES; i++)
        check(thrd_create(&lorries[i], deliver, NULL));
    for (int i = 0; i < LORRIES; i++)
        check(thrd_join(lorries[i], NULL));
    return case_end(stock == LORRIES * trips * CRATES, "%ld of %d crates",
                    stock, LORRIES * trips * CRATES);
}
