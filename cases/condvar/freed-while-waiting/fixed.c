/* A reader waits for a page that is fetched; the server does not have it.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

struct page {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    long words; /* 0 until they are fetched */
    bool refused;
};

static struct page *page_new(void)
{
    struct page *p = malloc(sizeof *p);
    CASE_CHECK(p ? 0 : ENOMEM);
    *p = (struct page){.lock = PTHREAD_MUTEX_INITIALIZER,
                       .changed = PTHREAD_COND_INITIALIZER};
    return p;
}

static void page_refuse(struct page *p)
{
    CASE_CHECK(pthread_mutex_lock(&p->lock));
    p->refused = true;
    CASE_CHECK(pthread_cond_broadcast(&p->changed));
    CASE_CHECK(pthread_mutex_unlock(&p->lock));
}

static void *read_page(void *arg)
{
    struct page *p = arg;
    CASE_CHECK(pthread_mutex_lock(&p->lock));
    while (p->words == 0 && !p->refused) {
        CASE_CHECK(pthread_cond_wait(&p->changed, &p->lock)); /* @site wait */
    }
    long words = p->words;
    CASE_CHECK(pthread_mutex_unlock(&p->lock));
    return (void *)words;
}

int main(void)
{
    pthread_t reader;
    void *words;
    struct page *page = page_new();
    CASE_CHECK(pthread_create(&reader, NULL, read_page, page));
    usleep(20000); /* until the server has answered */
    page_refuse(page);
    CASE_CHECK(pthread_join(reader, &words));
    free(page); /* @site free */
    return case_end(words == NULL, "%ld words read of a page that is not there",
                    (long)words);
}
