/* Letters are stamped and weighed, with the zero point that a scale reports.
 * Usage: PROGRAM [LETTERS [milliseconds until the first goes out]]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

enum { MOST = 4000000, ZERO = 3 };

int zero_point; /* in grams; the scale's answer */
static sem_t answered;
static long letters;
static int stamps_in[MOST], stamps_out[MOST];

static void stamp_letters(int *stamp)
{
    for (long i = 0; i < letters; i++)
        stamp[i] = (int)i + 1;
}

static void *come_in(void *unused)
{
    usleep(15000);     /* until the scale answers */
    zero_point = ZERO; /* @site set */
    CASE_CHECK(sem_post(&answered));
    stamp_letters(stamps_in);
    return unused;
}

static void *go_out(void *unused)
{
    static int zero;
    (void)unused;
    stamp_letters(stamps_out);
    CASE_CHECK(sem_wait(&answered));
    zero = zero_point; /* @site get */
    return &zero;
}

int main(int argc, char **argv)
{
    pthread_t in, out;
    void *zero;
    letters = case_arg(argc, argv, 1, 3000000, 1, MOST);
    CASE_CHECK(sem_init(&answered, 0, 0));
    CASE_CHECK(pthread_create(&in, NULL, come_in, NULL));
    usleep(1000 * (useconds_t)case_arg(argc, argv, 2, 0, 0, 1000));
    CASE_CHECK(pthread_create(&out, NULL, go_out, NULL));
    CASE_CHECK(pthread_join(in, NULL));
    CASE_CHECK(pthread_join(out, &zero));
    CASE_CHECK(sem_destroy(&answered));
    return case_end(*(int *)zero == ZERO, "zero point taken to be %d, is %d",
                    *(int *)zero, ZERO);
}
