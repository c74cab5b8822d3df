/* Two tellers share a table of factors, each worked out when first asked for.
 * Usage: PROGRAM [FACTORS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { TELLERS = 2, MOST = 500000 };

struct factor {
    pthread_once_t once;
    double value; /* of one coin after four years */
};

struct factor factors[MOST];
/* What a thread asks for, as pthread_once hands nothing on. */
static _Thread_local struct factor *wanted;
static _Thread_local double wanted_rate;
static long count;

static void work_out(void)
{
    double two_years = 1 / wanted_rate / wanted_rate;
    wanted->value = two_years / wanted_rate / wanted_rate; /* @site fill */
}

static double get_factor(struct factor *f, double rate)
{
    wanted = f;
    wanted_rate = rate;
    CASE_CHECK(pthread_once(&f->once, work_out));
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
    for (long i = 0; i < count; i++)
        factors[i].once = (pthread_once_t)PTHREAD_ONCE_INIT;
    for (int i = 0; i < TELLERS; i++)
        CASE_CHECK(pthread_create(&tellers[i], NULL, serve, &worthless[i]));
    for (int i = 0; i < TELLERS; i++) {
        CASE_CHECK(pthread_join(tellers[i], NULL));
        sum += worthless[i];
    }
    return case_end(sum == 0, "%ld of %ld factors got were 0", sum,
                    TELLERS * count);
}
