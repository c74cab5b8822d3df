/* Four turnstiles at work.
 * SPDX-License-Identifier: MIT */
#include "visitors.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define TURNSTILES 4
#define EACH 1000

static void *counted(void *arg)
{
    for (int i = 0; i < EACH; i++)
        visitors_enter();
    return arg;
}

static void *estimated(void *arg)
{
    for (int i = 0; i < EACH; i++)
        visitors_pass();
    return arg;
}

int main(int argc, char **argv)
{
    int exact = argc > 1 && strcmp(argv[1], "counted") == 0;
    pthread_t turnstile[TURNSTILES];
    for (int i = 0; i < TURNSTILES; i++)
        if (pthread_create(&turnstile[i], NULL, exact ? counted : estimated,
                           NULL) != 0)
            return 2;
    for (int i = 0; i < TURNSTILES; i++)
        pthread_join(turnstile[i], NULL);
    long n = exact ? visitors_count() : visitors_estimate();
    printf("%ld visitors\n", n);
    return exact && n != TURNSTILES * EACH;
}
