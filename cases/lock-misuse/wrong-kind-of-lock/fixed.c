/* A surveyor moves a landmark while a hiker looks it up on the map.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

enum { LOOKS = 5 };

static struct {
    pthread_mutex_t mutex;
    char name[32];
} office = {PTHREAD_MUTEX_INITIALIZER, "land registry"};

struct map {
    void *lock;      /* of the office that keeps the map */
    int east, north; /* of the landmark: always equal */
} map = {&office.mutex, 0, 0};
static sem_t begun;

static void *hike(void *lost)
{
    for (int i = 0; i < LOOKS; i++) {
        CASE_CHECK(pthread_mutex_lock(map.lock));   /* @site look-lock */
        int e = map.east;                           /* @site look-east */
        int n = map.north;                          /* @site look-north */
        CASE_CHECK(pthread_mutex_unlock(map.lock)); /* @site look-unlock */
        *(int *)lost += e != n;
        usleep(500); /* to the next bend of the path */
    }
    return NULL;
}

static void *survey(void *unused)
{
    CASE_CHECK(pthread_mutex_lock(map.lock)); /* @site move-lock */
    CASE_CHECK(sem_post(&begun) == 0 ? 0 : errno);
    map.east++;                                 /* @site move-east */
    usleep(40000);                              /* to measure again */
    map.north++;                                /* @site move-north */
    CASE_CHECK(pthread_mutex_unlock(map.lock)); /* @site move-unlock */
    return unused;
}

int main(void)
{
    pthread_t surveyor, hiker;
    int lost = 0;
    CASE_CHECK(sem_init(&begun, 0, 0) == 0 ? 0 : errno);
    CASE_CHECK(pthread_create(&surveyor, NULL, survey, NULL));
    CASE_CHECK(sem_wait(&begun) == 0 ? 0 : errno);
    CASE_CHECK(pthread_create(&hiker, NULL, hike, &lost));
    CASE_CHECK(pthread_join(surveyor, NULL));
    CASE_CHECK(pthread_join(hiker, NULL));
    return case_end(lost == 0, "%d wrong of %d looks", lost, LOOKS);
}
