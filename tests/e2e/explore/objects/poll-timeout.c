/* One waits for a byte, but not for ever.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <sys/select.h>
#include <unistd.h>

static int ends[2], came;

static void *wait_for(void *unused)
{
    fd_set in;
    struct timeval patience = {1, 0};
    FD_ZERO(&in);
    FD_SET(ends[0], &in);
    came = select(ends[0] + 1, &in, NULL, NULL, &patience) == 1 &&
           FD_ISSET(ends[0], &in);
    return unused;
}

int main(void)
{
    pthread_t a;
    if (pipe(ends) != 0)
        return 1;
    pthread_create(&a, NULL, wait_for, NULL);
    write(ends[1], "x", 1);
    pthread_join(a, NULL);
    return 0;
}
