/* Two steps where one is meant; then one.
 * SPDX-License-Identifier: MIT */
#include <stdatomic.h>

atomic_long stock;
atomic_int users, gone;
long plain;

void wrong(long more, int *seen)
{
    stock = stock + more;         /* HIT */
    atomic_fetch_sub(&users, 1);  /* HIT */
    if (atomic_load(&users) == 0) /* HIT */
        gone++;
    atomic_compare_exchange_weak(&users, seen, 1); /* HIT */
}

void right(long more, int *seen)
{
    stock += more;
    plain = plain + more;
    if (atomic_fetch_sub(&users, 1) == 1)
        gone++;
    while (!atomic_compare_exchange_weak(&users, seen, 1))
        ;
}
