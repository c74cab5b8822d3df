/* Packers take the items of their orders from one shelf.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { PACKERS = 2, LINES = 3, WRAPS = 1000 };

static atomic_flag shelf = ATOMIC_FLAG_INIT;
long taken; /* items of all orders */
static long orders;

static void lock(void)
{
    while (atomic_flag_test_and_set_explicit(&shelf, memory_order_acquire))
        sched_yield();
}

static void unlock(void)
{
    atomic_flag_clear_explicit(&shelf, memory_order_release);
}

static unsigned wrap(unsigned parcel, int item)
{
    for (int i = 0; i < WRAPS; i++)
        parcel = parcel * 31 + (parcel >> 3) + (unsigned)item;
    return parcel;
}

static unsigned pack(const int *items, int lines, unsigned parcel)
{
    lock();
    for (int i = 0; i < lines; i++) {
        taken += items[i]; /* @site take */
        if (i == lines - 1)
            unlock(); /* nobody has to wait for the last wrapping */
        parcel = wrap(parcel, items[i]);
    }
    return parcel;
}

static void *packer(void *parcel)
{
    static const int items[LINES] = {1, 2, 3};
    unsigned *mine = parcel;
    for (long n = 0; n < orders; n++)
        *mine = pack(items, LINES, *mine);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[PACKERS];
    unsigned parcels[PACKERS] = {1, 2};
    orders = case_arg(argc, argv, 1, 5000, 1, 10000000);
    for (int i = 0; i < PACKERS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, packer, &parcels[i]));
    for (int i = 0; i < PACKERS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    long ordered = PACKERS * orders * (1 + 2 + 3);
    return case_end(taken == ordered, "%ld of %ld items are taken", taken,
                    ordered);
}
