/* Sums the squares with new POSIX threads and the caller, each piece by whoever
 * comes first, since a thread takes a while to start.
 * SPDX-License-Identifier: MIT */
#include "pieces.h"

#include <pthread.h>

/* Pieces that take as long as a thread needs to end. */
#define KEPT 2

struct team {
    _Alignas(64) atomic_ulong next; /* piece */
    struct work w;
};

struct helper {
    _Alignas(64) struct team *team;
    pthread_t thread;
    u128 sum;
};

static void *help(void *arg)
{
    struct helper *h = arg;
    const struct work *w = &h->team->w;
    h->sum = work_take(w, &h->team->next, work_offered(w, KEPT));
    return NULL;
}

static u128 run(void *arg)
{
    struct team *t = arg;
    struct helper helpers[MAX_THREADS];
    atomic_store(&t->next, 0);
    for (int k = 1; k < t->w.threads; k++) {
        helpers[k].team = t;
        CASE_CHECK(pthread_create(&helpers[k].thread, NULL, help, &helpers[k]));
    }
    u128 sum = work_finish(&t->w, &t->next, KEPT);
    for (int k = 1; k < t->w.threads; k++) {
        CASE_CHECK(pthread_join(helpers[k].thread, NULL));
        sum += helpers[k].sum;
    }
    return sum;
}

int main(int argc, char **argv)
{
    struct team t = {.w = work_arguments(argc, argv)};
    return work_run(&t.w, NULL, run, NULL, &t);
}
