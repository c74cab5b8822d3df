/* Two readers that do not wait, and a writer.
 * SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

static int ends[2];
static int got[2];

static void *take(void *number)
{
    char byte;
    long n = read(ends[0], &byte, 1);
    if (n < 0 && errno != EAGAIN)
        _exit(1);
    got[*(int *)number] = n == 1;
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    int zero = 0, one = 1;
    if (pipe2(ends, O_NONBLOCK) != 0)
        return 1;
    pthread_create(&a, NULL, take, &zero);
    pthread_create(&b, NULL, take, &one);
    write(ends[1], "x", 1);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return got[0] + got[1] > 1;
}
