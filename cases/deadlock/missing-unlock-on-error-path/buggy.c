/* Two clerks enter lists of amounts; a line that is no number is refused.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { LINES = 6 };

static const char *const lists[2][LINES] = {
    {"120", "75", "300", "45", "80", "10"},
    {"60", "200", "3O", "15", "90", "35"}, /* the third with the letter O */
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long total, refused;

static bool enter(const char *line)
{
    CASE_CHECK(pthread_mutex_lock(&lock)); /* @site lock */
    char *end = NULL;
    long amount = strtol(line, &end, 10);
    if (end == line || *end) {
        refused++;
        return false; /* @site refuse */
    }
    total += amount;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return true;
}

static void *clerk(void *list)
{
    const char *const *lines = list;
    for (int i = 0; i < LINES; i++)
        if (!enter(lines[i]))
            fprintf(stderr, "refused: %s\n", lines[i]);
    return NULL;
}

int main(void)
{
    pthread_t clerks[2];
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_create(&clerks[i], NULL, clerk, (void *)lists[i]));
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_join(clerks[i], NULL));
    CASE_CHECK(pthread_mutex_destroy(&lock));
    return case_end(total == 1030 && refused == 1,
                    "the total is %ld, %ld refused", total, refused);
}
