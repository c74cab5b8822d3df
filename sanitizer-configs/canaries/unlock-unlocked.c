/* Canary: a mutex is released that nobody holds. What counts locks must tell.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    CASE_CHECK(pthread_mutex_unlock(&lock)); /* @site unlock */
    return case_end(true, "released");
}
