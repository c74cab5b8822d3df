/* Sums the squares with new POSIX threads, each on a processor of its own, and
 * the caller; each piece by whoever comes first, since a thread takes a while
 * to start.
 * SPDX-License-Identifier: MIT */
#include "../processors.h"

#include "pieces.h"

#include <pthread.h>

/* Pieces that take as long as a thread needs to end. */
#define KEPT 2

struct team {
    _Alignas(64) atomic_ulong next; /* piece */
    struct work w;
    cpu_set_t allowed;
    bool bound;
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

static void start(struct team *t, int k, struct helper *h)
{
    pthread_attr_t attr;
    h->team = t;
    CASE_CHECK(pthread_attr_init(&attr));
    if (t->bound) {
        cpu_set_t one = processors_after(&t->allowed, k);
        CASE_CHECK(pthread_attr_setaffinity_np(&attr, sizeof one, &one));
    }
    CASE_CHECK(pthread_create(&h->thread, &attr, help, h));
    CASE_CHECK(pthread_attr_destroy(&attr));
}

static u128 run(void *arg)
{
    struct team *t = arg;
    struct helper helpers[MAX_THREADS];
    atomic_store(&t->next, 0);
    for (int k = 1; k < t->w.threads; k++)
        start(t, k, &helpers[k]);
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
    t.bound = processors_allowed(&t.allowed) >= t.w.threads;
    return work_run(&t.w, NULL, run, NULL, &t);
}
