/* A build runs each step in a thread, which waits for the step that it needs.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>

enum { NOTHING = -1, GENERATE, COMPILE, LINK, STEPS };

static const struct step {
    const char *name;
    int needs;
} steps[STEPS] = {
    [GENERATE] = {"generate", LINK}, /* @site generate */
    [COMPILE] = {"compile", GENERATE},
    [LINK] = {"link", COMPILE},
};
static pthread_mutex_t starting = PTHREAD_MUTEX_INITIALIZER;
static pthread_t ids[STEPS]; /* under the lock while starting */
static sem_t done;
static int rank[STEPS]; /* when each step was done, from 1 */

static void *run(void *arg)
{
    const struct step *s = arg;
    int before = 0;
    CASE_CHECK(pthread_mutex_lock(&starting));
    CASE_CHECK(pthread_mutex_unlock(&starting));
    if (s->needs != NOTHING) {
        CASE_CHECK(pthread_join(ids[s->needs], NULL)); /* @site join */
        before = rank[s->needs];
    }
    rank[s - steps] = before + 1;
    CASE_CHECK(sem_post(&done) == 0 ? 0 : errno);
    return NULL;
}

int main(void)
{
    CASE_CHECK(sem_init(&done, 0, 0) == 0 ? 0 : errno);
    CASE_CHECK(pthread_mutex_lock(&starting));
    for (int i = 0; i < STEPS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, run, (void *)&steps[i]));
    CASE_CHECK(pthread_mutex_unlock(&starting));
    for (int i = 0; i < STEPS; i++)
        CASE_CHECK(sem_wait(&done) == 0 ? 0 : errno);
    CASE_CHECK(pthread_join(ids[LINK], NULL));
    CASE_CHECK(sem_destroy(&done) == 0 ? 0 : errno);
    return case_end(rank[LINK] == STEPS, "link was step %d of %d", rank[LINK],
                    STEPS);
}
