/* A split-flap board changes letter by letter while passengers look at it.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { WIDTH = 8, PLACES = 4, CHANGES = 10, PASSENGERS = 2, LOOKS = 15 };

static int changes, looks;

static const char places[PLACES][WIDTH] = {"Lisbon", "Prague", "Madrid",
                                           "Athens"};
struct board {
    char text[WIDTH];
    pthread_mutex_t lock;
} board = {"Lisbon", PTHREAD_MUTEX_INITIALIZER};
static int garbled[PASSENGERS]; /* looks of each passenger */

static void show(const char *place)
{
    CASE_CHECK(pthread_mutex_lock(&board.lock));
    for (int i = 0; i < WIDTH; i++) {
        usleep(20);               /* the flap turns */
        board.text[i] = place[i]; /* @site write */
    }
    CASE_CHECK(pthread_mutex_unlock(&board.lock));
}

static bool look(void)
{
    char seen[WIDTH];
    bool known = false;
    memcpy(seen, board.text, WIDTH); /* @site read */
    for (int i = 0; i < PLACES; i++)
        known = known || memcmp(seen, places[i], WIDTH) == 0;
    return known;
}

static void *work_board(void *unused)
{
    for (int i = 1; i <= changes; i++) {
        show(places[i % PLACES]);
        usleep(200); /* until a train leaves */
    }
    return unused;
}

static void *wait_for_train(void *arg)
{
    int *count = arg;
    for (int i = 0; i < looks; i++) {
        *count += !look();
        usleep(300);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t station, passengers[PASSENGERS];
    int sum = 0;
    changes = (int)case_arg(argc, argv, 1, CHANGES, 1, CHANGES);
    looks = (int)case_arg(argc, argv, 2, LOOKS, 1, LOOKS);
    CASE_CHECK(pthread_create(&station, NULL, work_board, NULL));
    for (int i = 0; i < PASSENGERS; i++)
        CASE_CHECK(
            pthread_create(&passengers[i], NULL, wait_for_train, &garbled[i]));
    CASE_CHECK(pthread_join(station, NULL));
    for (int i = 0; i < PASSENGERS; i++) {
        CASE_CHECK(pthread_join(passengers[i], NULL));
        sum += garbled[i];
    }
    return case_end(sum == 0, "%d of %d looks saw no known place", sum,
                    PASSENGERS * looks);
}
