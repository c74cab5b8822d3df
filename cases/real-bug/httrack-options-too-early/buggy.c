/* A site is copied page by page; its user may cancel a page meanwhile.
 * Usage: PROGRAM [MILLISECONDS that the copier takes to start]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { PAGES = 4, UNWANTED = 3, CLICK = 30 /* milliseconds */ };

struct options {
    pthread_mutex_t lock; /* of what the user changes while it runs */
    bool cancelled[PAGES];
};

struct options *options;
static int copied;

static struct options *options_new(void)
{
    struct options *o = calloc(1, sizeof *o); /* @site new */
    CASE_CHECK(o ? 0 : ENOMEM);
    CASE_CHECK(pthread_mutex_init(&o->lock, NULL)); /* @site init */
    return o;
}

static bool wanted(struct options *o, int page)
{
    CASE_CHECK(pthread_mutex_lock(&o->lock));
    bool is = !o->cancelled[page];
    CASE_CHECK(pthread_mutex_unlock(&o->lock));
    return is;
}

static void *copy_site(void *start)
{
    usleep(1000 * *(const useconds_t *)start); /* names are looked up */
    struct options *o = options_new();
    options = o; /* @site set */
    for (int page = 0; page < PAGES; page++)
        if (wanted(o, page))
            copied++;
    return NULL;
}

static void cancel(int page)
{
    struct options *o = options;              /* @site use */
    CASE_CHECK(pthread_mutex_lock(&o->lock)); /* @site lock */
    o->cancelled[page] = true;                /* @site note */
    CASE_CHECK(pthread_mutex_unlock(&o->lock));
}

int main(int argc, char **argv)
{
    pthread_t copier;
    useconds_t start = (useconds_t)case_arg(argc, argv, 1, 60, 0, 1000);
    CASE_CHECK(pthread_create(&copier, NULL, copy_site, &start));
    usleep(1000 * CLICK); /* the user finds the button */
    cancel(UNWANTED);
    CASE_CHECK(pthread_join(copier, NULL));
    bool noted = options->cancelled[UNWANTED];
    CASE_CHECK(pthread_mutex_destroy(&options->lock));
    free(options);
    return case_end(noted, "%d pages copied, noted: %d", copied, noted);
}
