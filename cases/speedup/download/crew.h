/* The start and the finish of a crew of threads: the clock runs from when all
 * of them stand ready until none has work left, and not while they are made.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DOWNLOAD_CREW_H
#define LOCKSTEP_DOWNLOAD_CREW_H

#include "case.h"

#include <pthread.h>

struct crew {
    pthread_mutex_t lock;
    pthread_cond_t change;
    long ready, done; /* how many are; guarded by lock, as is: */
    bool go;
};

static inline void crew_init(struct crew *c)
{
    c->ready = c->done = 0;
    c->go = false;
    CASE_CHECK(pthread_mutex_init(&c->lock, NULL));
    CASE_CHECK(pthread_cond_init(&c->change, NULL));
}

/* When the members have ended. */
static inline void crew_fini(struct crew *c)
{
    CASE_CHECK(pthread_cond_destroy(&c->change));
    CASE_CHECK(pthread_mutex_destroy(&c->lock));
}

/* Of a member, before its work: waits for the others. */
static inline void crew_ready(struct crew *c)
{
    CASE_CHECK(pthread_mutex_lock(&c->lock));
    c->ready++;
    CASE_CHECK(pthread_cond_broadcast(&c->change));
    while (!c->go)
        CASE_CHECK(pthread_cond_wait(&c->change, &c->lock));
    CASE_CHECK(pthread_mutex_unlock(&c->lock));
}

/* Of a member, after its work. */
static inline void crew_done(struct crew *c)
{
    CASE_CHECK(pthread_mutex_lock(&c->lock));
    c->done++;
    CASE_CHECK(pthread_cond_broadcast(&c->change));
    CASE_CHECK(pthread_mutex_unlock(&c->lock));
}

/* Of the one who made them: waits until all n are ready. */
static inline void crew_await_ready(struct crew *c, long n)
{
    CASE_CHECK(pthread_mutex_lock(&c->lock));
    while (c->ready < n)
        CASE_CHECK(pthread_cond_wait(&c->change, &c->lock));
    CASE_CHECK(pthread_mutex_unlock(&c->lock));
}

static inline void crew_go(struct crew *c)
{
    CASE_CHECK(pthread_mutex_lock(&c->lock));
    c->go = true;
    CASE_CHECK(pthread_cond_broadcast(&c->change));
    CASE_CHECK(pthread_mutex_unlock(&c->lock));
}

static inline void crew_await_done(struct crew *c, long n)
{
    CASE_CHECK(pthread_mutex_lock(&c->lock));
    while (c->done < n)
        CASE_CHECK(pthread_cond_wait(&c->change, &c->lock));
    CASE_CHECK(pthread_mutex_unlock(&c->lock));
}

#endif
