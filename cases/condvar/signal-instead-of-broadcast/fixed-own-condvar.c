/* The chapters of a book are set in parallel and go to the printer in order.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { CHAPTERS = 5 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turns[CHAPTERS + 1];  /* the last one is nobody's */
static int printed[CHAPTERS], next_chapter; /* under the lock */

static void print_in_order(int chapter)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (next_chapter != chapter) {
        CASE_CHECK(pthread_cond_wait(&turns[chapter], &lock)); /* @site wait */
    }
    printed[next_chapter++] = chapter;
    CASE_CHECK(pthread_cond_signal(&turns[next_chapter])); /* @site wake */
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static void *set_chapter(void *number)
{
    int chapter = *(int *)number;
    usleep(4000 * (CHAPTERS - chapter)); /* the first ones are the longest */
    print_in_order(chapter);
    return NULL;
}

int main(void)
{
    pthread_t setters[CHAPTERS];
    int chapters[CHAPTERS], misplaced = 0;
    for (int i = 0; i <= CHAPTERS; i++)
        CASE_CHECK(pthread_cond_init(&turns[i], NULL));
    for (int i = 0; i < CHAPTERS; i++) {
        chapters[i] = i;
        CASE_CHECK(
            pthread_create(&setters[i], NULL, set_chapter, &chapters[i]));
    }
    for (int i = 0; i < CHAPTERS; i++)
        CASE_CHECK(pthread_join(setters[i], NULL));
    for (int i = 0; i <= CHAPTERS; i++)
        CASE_CHECK(pthread_cond_destroy(&turns[i]));
    for (int i = 0; i < CHAPTERS; i++)
        misplaced += printed[i] != i;
    return case_end(misplaced == 0, "%d of %d chapters misplaced", misplaced,
                    CHAPTERS);
}
