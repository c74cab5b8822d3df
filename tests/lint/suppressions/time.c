/* Correct use of the time functions that are safe in threads.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static void *work(void *arg)
{
    time_t now = 0;
    struct tm tm;
    char text[64];
    localtime_r(&now, &tm);
    strftime(text, sizeof text, "%c %Z", &tm);
    mktime(&tm);
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
