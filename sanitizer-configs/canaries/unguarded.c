/* Canary: a counter that is said to be guarded, and is not. What believes
 * annotations must tell.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include "../../cases/thread_safety.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int shared GUARDED_BY(lock);

int main(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    shared = 1;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    shared = 2; /* @site unguarded */
    return case_end(true, "written");
}
