/* A connection runs procedures of a database, from copies that it keeps.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { DAYS = 10, SALES = 8 /* of a day */, DROPS = 10 };

static int days, drops;

struct procedure {
    struct procedure *next;
    char name;
    char steps[SALES + 1]; /* '+' adds a row, a letter calls a procedure */
};

struct connection {
    struct procedure *copies;
    long version; /* of the store, when they were up to date */
    int rows;
};

static pthread_mutex_t store_lock = PTHREAD_MUTEX_INITIALIZER;
static const char *store[256] = {['d'] = "ssssssss", ['s'] = "+"};
static long store_version;

static void store_put(char name, const char *steps)
{
    CASE_CHECK(pthread_mutex_lock(&store_lock));
    store[(unsigned char)name] = steps;
    store_version++;
    CASE_CHECK(pthread_mutex_unlock(&store_lock));
}

static void copies_free(struct connection *c)
{
    while (c->copies) {
        struct procedure *p = c->copies;
        c->copies = p->next;
        free(p); /* @site free */
    }
}

static void refresh(struct connection *c)
{
    CASE_CHECK(pthread_mutex_lock(&store_lock));
    long version = store_version;
    CASE_CHECK(pthread_mutex_unlock(&store_lock));
    if (c->version < version)
        copies_free(c);
    c->version = version;
}

static struct procedure *copy(struct connection *c, char name)
{
    struct procedure *p = malloc(sizeof *p);
    CASE_CHECK(p ? 0 : ENOMEM);
    *p = (struct procedure){.next = c->copies, .name = name};
    CASE_CHECK(pthread_mutex_lock(&store_lock));
    strcpy(p->steps, store[(unsigned char)name]);
    CASE_CHECK(pthread_mutex_unlock(&store_lock));
    return c->copies = p;
}

static struct procedure *find(struct connection *c, char name)
{
    refresh(c); /* @site refresh */
    for (struct procedure *p = c->copies; p; p = p->next)
        if (p->name == name)
            return p;
    return copy(c, name);
}

static void call(struct connection *c, char name)
{
    struct procedure *p = find(c, name);
    for (int i = 0; p->steps[i]; i++) { /* @site test */
        char step = p->steps[i];        /* @site step */
        if (step != '+') {
            call(c, step);
        } else {
            usleep(200); /* the row is written */
            c->rows++;
        }
    }
}

static void *serve(void *connection)
{
    struct connection *c = connection;
    for (int day = 0; day < days; day++) {
        call(c, 'd');
    }
    copies_free(c);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t id;
    struct connection c = {.version = 0};
    days = (int)case_arg(argc, argv, 1, DAYS, 1, DAYS);
    drops = (int)case_arg(argc, argv, 2, DROPS, 1, DROPS);
    CASE_CHECK(pthread_create(&id, NULL, serve, &c));
    for (int i = 0; i < drops; i++) {
        store_put('x', "+"); /* a procedure that nobody calls */
        usleep(2000);
        store_put('x', NULL);
    }
    CASE_CHECK(pthread_join(id, NULL));
    return case_end(c.rows == days * SALES, "%d rows of %d", c.rows,
                    days * SALES);
}
