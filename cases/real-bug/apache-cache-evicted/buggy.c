/* A cache of pages evicts old ones; a page's size is known when it has come.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { WORKERS = 4, FETCHES = 20 /* of each worker */ };
enum { PAGES = WORKERS * FETCHES, GUESS = 3000, MAX_SIZE = 12000 };

static long fetches, workers, most;

struct page {
    int key;
    long size; /* a guess until the body has come */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct page pages[PAGES];
static struct page *cached[PAGES]; /* by key */
static long used;                  /* by the cached pages */
static int hand; /* where the next to be evicted is looked for */

static void cache_remove(struct page *p)
{
    cached[p->key] = NULL;
    used -= p->size;
}

static void cache_insert(struct page *p)
{
    while (used + p->size > most) {
        while (cached[hand] == NULL)
            hand = (hand + 1) % PAGES;
        cache_remove(cached[hand]); /* @site evict */
    }
    cached[p->key] = p;
    used += p->size;
}

static void fetch(struct page *p)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    cache_insert(p);
    CASE_CHECK(pthread_mutex_unlock(&lock));
    usleep(500); /* the body comes */
    CASE_CHECK(pthread_mutex_lock(&lock));
    cache_remove(p); /* @site resize */
    p->size = 1000 + 50 * p->key;
    cache_insert(p);
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static void *work(void *first)
{
    for (int i = 0; i < fetches; i++)
        fetch((struct page *)first + WORKERS * i);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[WORKERS];
    fetches = case_arg(argc, argv, 1, FETCHES, 1, FETCHES);
    workers = case_arg(argc, argv, 2, WORKERS, 1, WORKERS);
    most = case_arg(argc, argv, 3, MAX_SIZE, 2 * GUESS - 1, MAX_SIZE);
    for (int i = 0; i < PAGES; i++)
        pages[i] = (struct page){i, GUESS};
    for (int i = 0; i < workers; i++)
        CASE_CHECK(pthread_create(&threads[i], NULL, work, &pages[i]));
    for (int i = 0; i < workers; i++)
        CASE_CHECK(pthread_join(threads[i], NULL));
    long held = 0;
    for (int i = 0; i < PAGES; i++)
        held += cached[i] ? cached[i]->size : 0;
    return case_end(held == used, "%ld bytes used, %ld held, %ld allowed", used,
                    held, most);
}
