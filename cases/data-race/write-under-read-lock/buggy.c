/* Clerks look cards up in a drawer and move each card that is found forward.
 * SPDX-License-Identifier: MIT */
#include "case.h"
#include "thread_safety.h"

#include <pthread.h>
#include <unistd.h>

enum { CARDS = 12, CLERKS = 3, SEARCHES = 20 };

static int searches;

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
struct card {
    int number;
    char name[12];
} drawer[CARDS] GUARDED_BY(lock);

REQUIRES_SHARED(lock) static int search(int number)
{
    int at = 0;
    while (at < CARDS && drawer[at].number != number) { /* @site look */
        at++;
    }
    return at;
}

REQUIRES_SHARED(lock) static void move_up(int at)
{
    struct card found = drawer[at];      /* @site found */
    struct card before = drawer[at - 1]; /* @site before */
    usleep(20);                          /* it takes two hands */
    drawer[at] = before;                 /* @site back */
    drawer[at - 1] = found;              /* @site front */
}

static void look_up(int number)
{
    CASE_CHECK(pthread_rwlock_rdlock(&lock));
    int at = search(number);
    if (at > 0 && at < CARDS)
        move_up(at);
    CASE_CHECK(pthread_rwlock_unlock(&lock));
}

static void *serve(void *clerk)
{
    for (int i = 0; i < searches; i++)
        look_up((i * 5 + (int)(long)clerk) % CARDS);
    return NULL;
}

NO_THREAD_SAFETY_ANALYSIS int main(int argc, char **argv)
{
    pthread_t clerks[CLERKS];
    int missing = 0;
    searches = (int)case_arg(argc, argv, 1, SEARCHES, 1, SEARCHES);
    for (int i = 0; i < CARDS; i++) {
        drawer[i].number = i;
        snprintf(drawer[i].name, sizeof drawer[i].name, "card %d", i);
    }
    for (long i = 0; i < CLERKS; i++)
        CASE_CHECK(pthread_create(&clerks[i], NULL, serve, (void *)i));
    for (int i = 0; i < CLERKS; i++)
        CASE_CHECK(pthread_join(clerks[i], NULL));
    for (int i = 0; i < CARDS; i++)
        missing += search(i) == CARDS;
    return case_end(missing == 0, "%d of %d cards are lost", missing, CARDS);
}
