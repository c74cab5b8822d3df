/* A thread looks for prime numbers until main has waited long enough.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { LIMIT = 10000000 };

static atomic_int found;

static bool is_prime(int n)
{
    for (int i = 2; i * i <= n; i++)
        if (n % i == 0)
            return false;
    return n > 1;
}

static void *search(void *unused)
{
    for (int n = 0; n < LIMIT; n++)
        atomic_fetch_add(&found, is_prime(n));
    return unused;
}

int main(void)
{
    pthread_t searcher;
    CASE_CHECK(pthread_create(&searcher, NULL, search, NULL));
    usleep(10000);                               /* as long as main waits */
    CASE_CHECK(pthread_kill(searcher, SIGTERM)); /* @site stop */
    CASE_CHECK(pthread_join(searcher, NULL));
    return case_end(true, "%d prime numbers found", found);
}
