/* A thread leaves with the lock of a stream, which printf then waits for.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static void *leaver(void *arg)
{
    flockfile(stdout);
    return arg;
}

int main(void)
{
    pthread_t t = start(leaver);
    pthread_join(t, NULL), printf("never\n"); /* @site waits */
    return 0;
}
