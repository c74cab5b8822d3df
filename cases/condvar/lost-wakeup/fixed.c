/* A game loads its levels in the background while it opens its window.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { LEVELS = 8 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t loaded = PTHREAD_COND_INITIALIZER;
static bool is_loaded;       /* under the lock */
static int monsters[LEVELS]; /* under the lock */

static void *load(void *unused)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    for (int i = 0; i < LEVELS; i++)
        monsters[i] = 10 * (i + 1);
    is_loaded = true;
    CASE_CHECK(pthread_cond_signal(&loaded)); /* @site signal */
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return unused;
}

static void open_window(void)
{
    usleep(50000); /* until it is on the screen */
}

static int count_monsters(void)
{
    int total = 0;
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (!is_loaded) {
        CASE_CHECK(pthread_cond_wait(&loaded, &lock)); /* @site wait */
    }
    for (int i = 0; i < LEVELS; i++)
        total += monsters[i];
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return total;
}

int main(void)
{
    pthread_t loader;
    CASE_CHECK(pthread_create(&loader, NULL, load, NULL));
    open_window();
    int total = count_monsters();
    CASE_CHECK(pthread_join(loader, NULL));
    return case_end(total == 360, "%d monsters await the player", total);
}
