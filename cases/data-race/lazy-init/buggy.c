/* Clerks share one line to the head office, dialled when first needed.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { CLERKS = 4 };

struct line {
    int number;
};

struct line lines[CLERKS];
struct line *shared;       /* NULL until somebody needs it */
static atomic_int dialled; /* lines so far */

static struct line *dial(void)
{
    int n = atomic_fetch_add_explicit(&dialled, 1, memory_order_relaxed);
    usleep(2000);            /* until the head office answers */
    lines[n].number = 7 + n; /* @site set-up */
    return &lines[n];
}

static struct line *get_line(void)
{
    struct line *line = shared; /* @site look */
    if (line == NULL) {
        line = dial();
        shared = line; /* @site keep */
    }
    return line;
}

static void *serve(void *arg)
{
    int *used = arg;
    struct line *line = get_line();
    *used = line->number; /* @site use */
    return NULL;
}

int main(void)
{
    pthread_t clerks[CLERKS];
    int used[CLERKS], others = 0;
    for (int i = 0; i < CLERKS; i++)
        CASE_CHECK(pthread_create(&clerks[i], NULL, serve, &used[i]));
    for (int i = 0; i < CLERKS; i++) {
        CASE_CHECK(pthread_join(clerks[i], NULL));
        others += used[i] != used[0];
    }
    return case_end(dialled == 1 && others == 0,
                    "%d lines dialled, %d clerks on another than the first",
                    (int)dialled, others);
}
