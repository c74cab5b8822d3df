/* A sensor hands its readings to the display, one at a time, in a shared cell.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>

enum { READINGS = 10 };

static int readings;

struct reading {
    int celsius, humidity;
};

struct reading cell;
static atomic_bool full; /* the cell holds a reading nobody has taken */

static struct reading measure(int n)
{
    return (struct reading){20 + n, 60 - n};
}

static void await(bool wanted)
{
    while (atomic_load_explicit(&full, memory_order_relaxed) != wanted)
        ;
}

static void *sense(void *unused)
{
    for (int n = 0; n < readings; n++) {
        struct reading r = measure(n);
        await(false);
        cell = r; /* @site publish */
        atomic_store_explicit(&full, true, memory_order_relaxed);
    }
    return unused;
}

static struct reading take(void)
{
    await(true);
    struct reading r = cell; /* @site take */
    atomic_store_explicit(&full, false, memory_order_relaxed);
    return r;
}

int main(int argc, char **argv)
{
    pthread_t sensor;
    int wrong = 0;
    readings = (int)case_arg(argc, argv, 1, READINGS, 1, READINGS);
    CASE_CHECK(pthread_create(&sensor, NULL, sense, NULL));
    for (int n = 0; n < readings; n++) {
        struct reading shown = take(), measured = measure(n);
        wrong += shown.celsius != measured.celsius ||
                 shown.humidity != measured.humidity;
    }
    CASE_CHECK(pthread_join(sensor, NULL));
    return case_end(wrong == 0, "%d of %d readings are shown wrong", wrong,
                    readings);
}
