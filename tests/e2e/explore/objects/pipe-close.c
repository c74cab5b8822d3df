/* Two threads close the two descriptors of one end; a third reads what is left
 * and the end of it; numbers of descriptors are used again.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <unistd.h>

static int ends[2], copy;

static void *first(void *unused)
{
    write(ends[1], "a", 1);
    close(ends[1]);
    return unused;
}

static void *second(void *unused)
{
    write(copy, "b", 1);
    close(copy);
    return unused;
}

int main(void)
{
    pthread_t a, b;
    char byte;
    int bytes = 0, again;
    if (pipe(ends) != 0)
        return 1;
    copy = dup(ends[1]);
    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    while (read(ends[0], &byte, 1) == 1)
        bytes++;
    again = dup(ends[0]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return bytes != 2 || again != 4;
}
