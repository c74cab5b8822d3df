/* Two dimmers of one desk are each moved up and down by a thread of their own.
 * Usage: PROGRAM [MOVES]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

struct desk {
    unsigned left : 4;
    unsigned right : 4;
} desk;
static long moves, left_lost, right_lost;

static void *move_left(void *unused)
{
    unsigned level = 0;
    for (long i = 0; i < moves; i++) {
        left_lost += desk.left != level; /* @site left-get */
        level = (level + 1) % 16;
        desk.left = level; /* @site left-set */
    }
    return unused;
}

static void *move_right(void *unused)
{
    unsigned level = 0;
    for (long i = 0; i < moves; i++) {
        right_lost += desk.right != level; /* @site right-get */
        level = (level + 1) % 16;
        desk.right = level; /* @site right-set */
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t left, right;
    moves = case_arg(argc, argv, 1, 1000000, 1, 10000000);
    CASE_CHECK(pthread_create(&left, NULL, move_left, NULL));
    CASE_CHECK(pthread_create(&right, NULL, move_right, NULL));
    CASE_CHECK(pthread_join(left, NULL));
    CASE_CHECK(pthread_join(right, NULL));
    return case_end(left_lost + right_lost == 0,
                    "%ld moves of the left dimmer and %ld of the right undone",
                    left_lost, right_lost);
}
