/* Correct look-ups of a host's name in threads.
 * SPDX-License-Identifier: MIT */
#include <netdb.h>
#include <pthread.h>
#include <stddef.h>

static void *work(void *arg)
{
    struct addrinfo *found = NULL;
    if (getaddrinfo("localhost", "80", NULL, &found) == 0)
        freeaddrinfo(found);
    return arg;
}

int main(void)
{
    pthread_t t[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, work, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    return 0;
}
