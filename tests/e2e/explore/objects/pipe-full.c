/* Two writers fill a pipe that holds 16 of their blocks, and a reader makes
 * room.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <unistd.h>

enum { BLOCK = 4096, FIRST = 15 };

static int ends[2];
static const char block[BLOCK];

static void *put(void *unused)
{
    write(ends[1], block, BLOCK);
    return unused;
}

int main(void)
{
    pthread_t a, b;
    char got[2 * BLOCK];
    long all = 0;
    if (pipe(ends) != 0)
        return 1;
    for (int i = 0; i < FIRST; i++)
        put(NULL);
    pthread_create(&a, NULL, put, NULL);
    pthread_create(&b, NULL, put, NULL);
    all += read(ends[0], got, sizeof got);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    close(ends[1]);
    for (long n; (n = read(ends[0], got, sizeof got)) > 0;)
        all += n;
    return all != (FIRST + 2) * BLOCK;
}
