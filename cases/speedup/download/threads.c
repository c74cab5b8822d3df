/* Downloads the pages by a pool of threads. Each has a session of its own, and
 * takes the next page that nobody has taken.
 * SPDX-License-Identifier: MIT */
#include "crew.h"
#include "download.h"

struct pool {
    struct downloads *downloads;
    struct crew crew;
    pthread_mutex_t lock;
    long next; /* guarded by lock */
};

/* The next page, or NULL when there is none. */
static struct page *take(struct pool *pool)
{
    struct list *list = &pool->downloads->list;
    CASE_CHECK(pthread_mutex_lock(&pool->lock));
    long i = pool->next < list->n ? pool->next++ : list->n;
    CASE_CHECK(pthread_mutex_unlock(&pool->lock));
    return i < list->n && !interrupted() ? &list->pages[i] : NULL;
}

static void *work(void *argument)
{
    struct pool *pool = argument;
    struct session session;
    session_start(&session, &pool->downloads->options);
    crew_ready(&pool->crew);
    for (struct page *page; (page = take(pool));)
        session_fetch(&session, page);
    crew_done(&pool->crew);
    session_stop(&session);
    return NULL;
}

/* Makes the threads, as many as can be. */
static void hire(struct pool *pool, pthread_t *ids)
{
    long n = 0;
    interrupt_hold(true);
    while (n < pool->downloads->workers &&
           pthread_create(&ids[n], NULL, work, pool) == 0)
        n++;
    interrupt_hold(false);
    downloads_made(pool->downloads, n);
}

static void run(struct pool *pool)
{
    long n = pool->downloads->workers;
    crew_await_ready(&pool->crew, n);
    downloads_go(pool->downloads);
    crew_go(&pool->crew);
    crew_await_done(&pool->crew, n);
    downloads_done(pool->downloads);
}

int main(int argc, char **argv)
{
    struct downloads d;
    struct pool pool = {.downloads = &d};
    downloads_start(&d, argc, argv, POOL);
    CASE_CHECK(pthread_mutex_init(&pool.lock, NULL));
    crew_init(&pool.crew);
    pthread_t *ids = calloc((size_t)d.workers, sizeof *ids);
    CASE_CHECK(ids ? 0 : ENOMEM);
    hire(&pool, ids);
    run(&pool);
    for (long i = 0; i < d.workers; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    crew_fini(&pool.crew);
    CASE_CHECK(pthread_mutex_destroy(&pool.lock));
    free(ids);
    return downloads_end(&d);
}
