/* Two requests share a cached page; the last to let go of it frees it.
 * Usage: PROGRAM [PAGES [MILLISECONDS that the second request takes longer]]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { REQUESTS = 2, SIZE = 4000 };

struct page {
    char title[64];
    atomic_long references;
    char body[SIZE];
};

static struct request {
    struct page *page;
    useconds_t takes;
} requests[REQUESTS];
static atomic_int served, freed;

static struct page *page_new(void)
{
    struct page *p = malloc(sizeof *p);
    CASE_CHECK(p ? 0 : ENOMEM);
    memset(p->body, '.', SIZE);
    p->references = REQUESTS;
    return p;
}

static void page_drop(struct page *p)
{
    long left = --p->references; /* @site decrement */
    usleep(2000);                /* the request is logged */
    if (left == 0) {             /* @site test */
        atomic_fetch_add_explicit(&freed, 1, memory_order_relaxed);
        free(p); /* @site free */
    }
}

static void *serve(void *arg)
{
    struct request *r = arg;
    usleep(r->takes);
    if (memchr(r->page->body, '.', SIZE))
        atomic_fetch_add_explicit(&served, 1, memory_order_relaxed);
    page_drop(r->page);
    return NULL;
}

int main(int argc, char **argv)
{
    long pages = case_arg(argc, argv, 1, 20, 1, 1000);
    long longer = case_arg(argc, argv, 2, 0, 0, 1000);
    for (long i = 0; i < pages; i++) {
        pthread_t ids[REQUESTS];
        struct page *page = page_new();
        for (int r = 0; r < REQUESTS; r++) {
            useconds_t takes = 1000 + 1000 * (useconds_t)(r * longer);
            requests[r] = (struct request){page, takes};
            CASE_CHECK(pthread_create(&ids[r], NULL, serve, &requests[r]));
        }
        for (int r = 0; r < REQUESTS; r++)
            CASE_CHECK(pthread_join(ids[r], NULL));
    }
    return case_end(freed == pages, "%d requests, %ld pages, freed %d times",
                    served, pages, freed);
}
