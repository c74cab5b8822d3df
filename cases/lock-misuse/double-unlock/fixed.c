/* Lorries cross a bridge that carries one at a time, and no heavy one.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { LORRIES = 4, LIMIT = 30 /* tons */ };

static pthread_mutex_t bridge = PTHREAD_MUTEX_INITIALIZER;
static atomic_int load; /* as the scale under the bridge shows it */
static atomic_int heaviest;

static void drive_up(int weight)
{
    int now = atomic_fetch_add(&load, weight) + weight;
    if (now > heaviest && weight <= LIMIT)
        heaviest = now;
}

static void turn_back(int weight)
{
    atomic_fetch_sub(&load, weight);
    CASE_CHECK(pthread_mutex_unlock(&bridge)); /* @site turned-back */
    usleep(3000);                              /* the driver calls his office */
}

static void drive_over(int weight)
{
    usleep(5000); /* to the other side */
    atomic_fetch_sub(&load, weight);
}

static void *cross(void *arg)
{
    int weight = *(const int *)arg;
    CASE_CHECK(pthread_mutex_lock(&bridge)); /* @site enter */
    drive_up(weight);
    usleep(3000); /* until the scale has settled */
    if (weight > LIMIT) {
        turn_back(weight);
        return NULL;
    }
    drive_over(weight);
    CASE_CHECK(pthread_mutex_unlock(&bridge)); /* @site left */
    return NULL;
}

int main(void)
{
    static int weights[LORRIES] = {44, 18, 24, 28};
    pthread_t lorries[LORRIES];
    for (int i = 0; i < LORRIES; i++)
        CASE_CHECK(pthread_create(&lorries[i], NULL, cross, &weights[i]));
    for (int i = 0; i < LORRIES; i++)
        CASE_CHECK(pthread_join(lorries[i], NULL));
    return case_end(heaviest <= LIMIT, "up to %d t crossed at once, of %d",
                    heaviest, LIMIT);
}
