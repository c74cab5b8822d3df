/* Thermometers put their readings on one list, which main reads in the end.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <stdatomic.h>
#include <threads.h>
#include <unistd.h>

enum { THERMOMETERS = 3, READINGS = 50 }; /* of each thermometer */

static int taken;

static struct reading {
    struct reading *next;
    int celsius;
} readings[THERMOMETERS][READINGS];

_Atomic(struct reading *) newest;

static void check(int result)
{
    CASE_CHECK(result == thrd_success ? 0 : EAGAIN);
}

static int measure(int i)
{
    usleep(100); /* the instrument takes its time */
    return 20 + i % 3;
}

static int measure_all(void *own)
{
    struct reading *r = own;
    for (int i = 0; i < taken; i++, r++) {
        r->next = atomic_load(&newest); /* @site look */
        r->celsius = measure(i);
        while (!atomic_compare_exchange_weak(&newest, &r->next,
                                             r)) { /* @site swap */
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    thrd_t threads[THERMOMETERS];
    int found = 0;
    taken = (int)case_arg(argc, argv, 1, READINGS, 1, READINGS);
    for (int i = 0; i < THERMOMETERS; i++)
        check(thrd_create(&threads[i], measure_all, readings[i]));
    for (int i = 0; i < THERMOMETERS; i++)
        check(thrd_join(threads[i], NULL));
    for (struct reading *r = newest; r; r = r->next)
        found++;
    return case_end(found == THERMOMETERS * taken, "%d of %d readings found",
                    found, THERMOMETERS * taken);
}
