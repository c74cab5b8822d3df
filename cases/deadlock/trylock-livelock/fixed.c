/* Two clerks move boxes between two shelves, each from one to the other.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { BOXES = 5, TRIES = 40 };

struct shelf {
    pthread_mutex_t lock;
    int boxes;
};

static struct shelf left = {PTHREAD_MUTEX_INITIALIZER, BOXES};
static struct shelf right = {PTHREAD_MUTEX_INITIALIZER, BOXES};
static pthread_barrier_t opening;

/* Both clerks take the left shelf first. */
static bool try_move(struct shelf *from, struct shelf *to)
{
    CASE_CHECK(pthread_mutex_lock(&left.lock));  /* @site own */
    CASE_CHECK(pthread_mutex_lock(&right.lock)); /* @site other */
    usleep(1000);                                /* takes a box down */
    from->boxes--;
    to->boxes++;
    CASE_CHECK(pthread_mutex_unlock(&right.lock));
    CASE_CHECK(pthread_mutex_unlock(&left.lock));
    return true;
}

static int move_all(struct shelf *from, struct shelf *to)
{
    int moved = 0, tries = 0, last = pthread_barrier_wait(&opening);
    if (last != PTHREAD_BARRIER_SERIAL_THREAD)
        CASE_CHECK(last);
    while (moved < BOXES && tries++ < TRIES)
        if (try_move(from, to)) {
            moved++;
            tries = 0;
        }
    return moved;
}

static void *to_the_right(void *moved)
{
    *(int *)moved = move_all(&left, &right);
    return NULL;
}

int main(void)
{
    pthread_t clerk;
    int rightward = 0;
    CASE_CHECK(pthread_barrier_init(&opening, NULL, 2));
    CASE_CHECK(pthread_create(&clerk, NULL, to_the_right, &rightward));
    int leftward = move_all(&right, &left);
    CASE_CHECK(pthread_join(clerk, NULL));
    CASE_CHECK(pthread_barrier_destroy(&opening));
    return case_end(rightward == BOXES && leftward == BOXES,
                    "%d and %d boxes of %d moved", rightward, leftward, BOXES);
}
