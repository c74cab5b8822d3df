/* Two tellers share a table of factors, each worked out when first asked for.
 * Usage: PROGRAM [FACTORS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { TELLERS = 2, MOST = 500000 };

struct factor {
    bool ready;
    double value; /* of one coin after four years */
};

struct factor factors[MOST];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long count;

static bool is_set(const bool *flag)
{
    return *flag; /* @site check */
}

static void set(bool *flag)
{
    *flag = true; /* @site set */
}

static void work_out(struct factor *f, double rate)
{
    double two_years = 1 / rate / rate;
    f->value = two_years / rate / rate; /* @site fill */
}

static double get_factor(struct factor *f, double rate)
{
    if (!is_set(&f->ready)) {
        CASE_CHECK(pthread_mutex_lock(&lock));
        if (!is_set(&f->ready)) {
            work_out(f, rate);
            set(&f->ready);
        }
        CASE_CHECK(pthread_mutex_unlock(&lock));
    }
    return f->value; /* @site get */
}

static void *serve(void *arg)
{
    long *worthless = arg;
    for (long i = 0; i < count; i++)
        *worthless += get_factor(&factors[i], 1 + 0.001 * (double)i) <= 0;
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t tellers[TELLERS];
    long worthless[TELLERS] = {0}, sum = 0;
    count = case_arg(argc, argv, 1, MOST, 1, MOST);
    for (int i = 0; i < TELLERS; i++)
        CASE_CHECK(pthread_create(&tellers[i], NULL, serve, &worthless[i]));
    for (int i = 0; i < TELLERS; i++) {
        CASE_CHECK(pthread_join(tellers[i], NULL));
        sum += worthless[i];
    }
    return case_end(sum == 0, "%ld of %ld factors got were 0", sum,
                    TELLERS * count);
}
