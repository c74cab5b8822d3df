/* The guests of a restaurant wait for a free table, eat, and leave.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { TABLES = 2, GUESTS = 4 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t table_freed = PTHREAD_COND_INITIALIZER;
int taken, served;

/* The caller holds the lock. */
static void await_table(void)
{
    while (taken >= TABLES) {                               /* @site look */
        CASE_CHECK(pthread_cond_wait(&table_freed, &lock)); /* @site wait */
    }
}

static void sit_down(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock)); /* @site lock */
    await_table();
    taken++; /* @site take */
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static void leave(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    taken--; /* @site leave */
    served++;
    CASE_CHECK(pthread_cond_signal(&table_freed));
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static void *guest(void *unused)
{
    sit_down();
    usleep(50000); /* the meal */
    leave();
    return unused;
}

int main(void)
{
    pthread_t guests[GUESTS];
    for (int i = 0; i < GUESTS; i++) {
        CASE_CHECK(pthread_create(&guests[i], NULL, guest, NULL));
        usleep(1000); /* until the next one comes */
    }
    for (int i = 0; i < GUESTS; i++)
        CASE_CHECK(pthread_join(guests[i], NULL));
    return case_end(served == GUESTS && taken == 0, "%d guests served, %d left",
                    served, taken);
}
