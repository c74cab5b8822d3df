/* Canary: two threads race once on a global. A detector that runs must tell.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

static int shared;

static void *early(void *unused)
{
    shared = 1; /* @site early */
    return unused;
}

static void *late(void *unused)
{
    usleep(20000); /* orders nothing, but keeps the two writes apart */
    shared = 2;    /* @site late */
    return unused;
}

int main(void)
{
    pthread_t a, b;
    CASE_CHECK(pthread_create(&a, NULL, late, NULL));
    CASE_CHECK(pthread_create(&b, NULL, early, NULL));
    CASE_CHECK(pthread_join(a, NULL));
    CASE_CHECK(pthread_join(b, NULL));
    return case_end(shared != 0, "written");
}
