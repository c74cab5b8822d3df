/* A cache counts hits: clients increment one item, which grows when it must.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { CLIENTS = 4, HITS = 30 /* of each client */, DIGITS = 12 };

static int wanted, clients;

struct item {
    int references; /* of the cache and of the commands at work on it */
    size_t size;    /* of the text, with its end */
    char text[];
};

static pthread_mutex_t cache_lock = PTHREAD_MUTEX_INITIALIZER;
static struct item *cached;

static struct item *item_new(const char *text)
{
    size_t size = strlen(text) + 1;
    struct item *item = malloc(sizeof *item + size);
    CASE_CHECK(item ? 0 : ENOMEM);
    *item = (struct item){.references = 1, .size = size};
    memcpy(item->text, text, size);
    return item;
}

static void item_drop(struct item *item)
{
    if (--item->references == 0)
        free(item);
}

/* For this and the next the caller holds the lock. */
static struct item *item_get(void)
{
    struct item *item = cached; /* @site look-up */
    item->references++;
    return item;
}

static void add_one(struct item *item)
{
    char text[DIGITS];
    snprintf(text, sizeof text, "%d", atoi(item->text) + 1);
    if (strlen(text) < item->size) {
        strcpy(item->text, text);
    } else {
        item_drop(cached);
        cached = item_new(text); /* @site replace */
    }
    item_drop(item);
}

static void increment(void)
{
    usleep(200); /* the rest of the command is read */
    CASE_CHECK(pthread_mutex_lock(&cache_lock));
    add_one(item_get());
    CASE_CHECK(pthread_mutex_unlock(&cache_lock));
}

static void *client(void *unused)
{
    for (int i = 0; i < wanted; i++)
        increment();
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t threads[CLIENTS];
    wanted = (int)case_arg(argc, argv, 1, HITS, 1, HITS);
    clients = (int)case_arg(argc, argv, 2, CLIENTS, 1, CLIENTS);
    cached = item_new("0");
    for (int i = 0; i < clients; i++)
        CASE_CHECK(pthread_create(&threads[i], NULL, client, NULL));
    for (int i = 0; i < clients; i++)
        CASE_CHECK(pthread_join(threads[i], NULL));
    int hits = atoi(cached->text);
    item_drop(cached);
    return case_end(hits == clients * wanted, "%d hits of %d", hits,
                    clients * wanted);
}
