/* Downloads the pages by blocking calls that an event loop hands to a pool of
 * threads. The loop learns of their ends by a descriptor (eventfd), as of all
 * else; a pause before another try is the loop's to wait for, not a thread's.
 * SPDX-License-Identifier: MIT */
#include "crew.h"
#include "download.h"

#include <math.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

struct job {
    struct page *page;
    long wait;    /* milliseconds until the next try; 0: no more */
    double retry; /* when that is */
    struct job *next;
};

struct queue {
    struct job *first, **last;
};

struct pool {
    const struct options *options;
    struct crew crew;
    pthread_mutex_t lock;
    pthread_cond_t some; /* something to do, or closed */
    struct queue todo, done;
    bool closed;
    int wake; /* an eventfd: something is done */
    long n;
    pthread_t *ids;
};

static void put(struct queue *q, struct job *job)
{
    job->next = NULL;
    *q->last = job;
    q->last = &job->next;
}

static struct job *get(struct queue *q)
{
    struct job *job = q->first;
    if (job && !(q->first = job->next))
        q->last = &q->first;
    return job;
}

/* The next job, waited for; NULL when the pool is closed. */
static struct job *pool_take(struct pool *p)
{
    CASE_CHECK(pthread_mutex_lock(&p->lock));
    while (!p->todo.first && !p->closed)
        CASE_CHECK(pthread_cond_wait(&p->some, &p->lock));
    struct job *job = p->closed ? NULL : get(&p->todo);
    CASE_CHECK(pthread_mutex_unlock(&p->lock));
    return job;
}

static void *work(void *argument)
{
    struct pool *p = argument;
    struct session session;
    session_start(&session, p->options);
    crew_ready(&p->crew);
    for (struct job *job; (job = pool_take(p));) {
        job->wait = session_try(&session, job->page);
        CASE_CHECK(pthread_mutex_lock(&p->lock));
        put(&p->done, job);
        CASE_CHECK(pthread_mutex_unlock(&p->lock));
        CASE_CHECK(eventfd_write(p->wake, 1));
    }
    session_stop(&session);
    return NULL;
}

/* What asyncio calls run_in_executor. */
static void pool_submit(struct pool *p, struct job *job)
{
    CASE_CHECK(pthread_mutex_lock(&p->lock));
    put(&p->todo, job);
    CASE_CHECK(pthread_cond_signal(&p->some));
    CASE_CHECK(pthread_mutex_unlock(&p->lock));
}

/* A job that is done, or NULL; does not wait. */
static struct job *pool_done(struct pool *p)
{
    CASE_CHECK(pthread_mutex_lock(&p->lock));
    struct job *job = get(&p->done);
    CASE_CHECK(pthread_mutex_unlock(&p->lock));
    return job;
}

static void pool_start(struct pool *p, struct downloads *d)
{
    *p = (struct pool){.options = &d->options};
    p->todo.last = &p->todo.first;
    p->done.last = &p->done.first;
    crew_init(&p->crew);
    CASE_CHECK(pthread_mutex_init(&p->lock, NULL));
    CASE_CHECK(pthread_cond_init(&p->some, NULL));
    p->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    CASE_CHECK(p->wake < 0 ? -1 : 0);
    p->ids = calloc((size_t)d->workers, sizeof *p->ids);
    CASE_CHECK(p->ids ? 0 : ENOMEM);
    while (p->n < d->workers &&
           pthread_create(&p->ids[p->n], NULL, work, p) == 0)
        p->n++;
    downloads_made(d, p->n);
    crew_await_ready(&p->crew, p->n);
}

static void pool_stop(struct pool *p)
{
    CASE_CHECK(pthread_mutex_lock(&p->lock));
    p->closed = true;
    CASE_CHECK(pthread_cond_broadcast(&p->some));
    CASE_CHECK(pthread_mutex_unlock(&p->lock));
    for (long i = 0; i < p->n; i++)
        CASE_CHECK(pthread_join(p->ids[i], NULL));
    CASE_CHECK(pthread_cond_destroy(&p->some));
    CASE_CHECK(pthread_mutex_destroy(&p->lock));
    crew_fini(&p->crew);
    close(p->wake);
    free(p->ids);
}

/* The jobs that wait for another try: submits those that are due; returns when
 * the next one is. */
static double resubmit(struct pool *p, struct queue *resting, double now)
{
    struct queue all = *resting;
    double next = INFINITY;
    if (!all.first)
        return next;
    resting->first = NULL;
    resting->last = &resting->first;
    for (struct job *job; (job = get(&all));)
        if (job->retry <= now) {
            pool_submit(p, job);
        } else {
            next = fmin(next, job->retry);
            put(resting, job);
        }
    return next;
}

/* Waits for the pool, a time or a signal. */
static void await(int epoll, const struct pool *p, double now, double next)
{
    struct epoll_event event;
    eventfd_t unused;
    int ms = (int)ceil(fmin(next - now, 1000) * 1000);
    int n = epoll_pwait(epoll, &event, 1, ms, interrupt_none());
    CASE_CHECK(n < 0 && errno != EINTR ? errno : 0);
    if (n > 0)
        CASE_CHECK(eventfd_read(p->wake, &unused));
}

/* The loop: all jobs, and what else there may be to watch in a program that has
 * one. */
static void loop(struct pool *p, struct job *jobs, long n)
{
    struct queue resting = {NULL, &resting.first};
    struct epoll_event event = {.events = EPOLLIN};
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    CASE_CHECK(epoll < 0 ? -1 : 0);
    CASE_CHECK(epoll_ctl(epoll, EPOLL_CTL_ADD, p->wake, &event));
    for (long i = 0; i < n; i++)
        pool_submit(p, &jobs[i]);
    while (n > 0 && !interrupted()) {
        double now = kernel_clock();
        await(epoll, p, now, resubmit(p, &resting, now));
        for (struct job *job; (job = pool_done(p));) {
            job->retry = kernel_clock() + (double)job->wait / 1000;
            if (job->wait > 0)
                put(&resting, job);
            n -= job->wait == 0;
        }
    }
    close(epoll);
}

int main(int argc, char **argv)
{
    struct downloads d;
    struct pool pool;
    downloads_start(&d, argc, argv, POOL);
    struct job *jobs = calloc((size_t)d.list.n, sizeof *jobs);
    CASE_CHECK(jobs ? 0 : ENOMEM);
    for (long i = 0; i < d.list.n; i++)
        jobs[i].page = &d.list.pages[i];
    interrupt_hold(true);
    pool_start(&pool, &d);
    downloads_go(&d);
    crew_go(&pool.crew);
    loop(&pool, jobs, d.list.n);
    downloads_done(&d);
    pool_stop(&pool);
    free(jobs);
    return downloads_end(&d);
}
