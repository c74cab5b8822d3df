/* Either side of a call may hang up; what was recorded is saved and dropped.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { RECORDING = 4000 };

static _Atomic(char *) recording;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int saved;

static void save(const char *text)
{
    size_t length = strlen(text); /* @site read */
    CASE_CHECK(pthread_mutex_lock(&lock));
    saved += length == RECORDING - 1;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    usleep(500); /* the disk */
}

static void hang_up(void)
{
    char *text = atomic_exchange(&recording, NULL);
    if (text) {
        save(text);
        free(text); /* @site drop */
    }
}

static void *speak(void *milliseconds)
{
    usleep(1000 * *(useconds_t *)milliseconds);
    hang_up();
    return NULL;
}

int main(int argc, char **argv)
{
    long calls = case_arg(argc, argv, 1, 10, 1, 1000);
    long later = case_arg(argc, argv, 2, 0, 0, 1000); /* the second, in ms */
    useconds_t spoken[2] = {1, 1 + (useconds_t)later};
    for (int i = 0; i < calls; i++) {
        pthread_t sides[2];
        recording = malloc(RECORDING);
        CASE_CHECK(recording ? 0 : ENOMEM);
        memset(recording, '.', RECORDING - 1);
        recording[RECORDING - 1] = '\0';
        for (int s = 0; s < 2; s++)
            CASE_CHECK(pthread_create(&sides[s], NULL, speak, &spoken[s]));
        for (int s = 0; s < 2; s++)
            CASE_CHECK(pthread_join(sides[s], NULL));
    }
    return case_end(saved == calls, "%ld calls, saved %d times", calls, saved);
}
