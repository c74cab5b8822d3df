/* Counts the passengers of many coaches by their age, coach by coach.
 * Usage: PROGRAM [COACHES]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <omp.h>

#define SEATS 50
#define AGES 100

long passengers[AGES];

static long age_of(long coach, long seat)
{
    return (coach * 7 + seat * seat) % AGES;
}

static void count_coach(long coach)
{
    for (long seat = 0; seat < SEATS; seat++) {
        long age = age_of(coach, seat);
        passengers[age]++; /* @site count */
    }
}

static void count_all(long coaches)
{
    omp_lock_t counting;
    omp_init_lock(&counting);
#pragma omp parallel for
    for (long coach = 0; coach < coaches; coach++) {
        omp_set_lock(&counting);
        count_coach(coach);
        omp_unset_lock(&counting);
    }
    omp_destroy_lock(&counting);
}

int main(int argc, char **argv)
{
    long coaches = case_arg(argc, argv, 1, 200000, 1, 100000000);
    count_all(coaches);
    long counted = 0;
    for (long age = 0; age < AGES; age++)
        counted += passengers[age];
    return case_end(counted == coaches * SEATS, "%ld of %ld passengers",
                    counted, coaches * SEATS);
}
